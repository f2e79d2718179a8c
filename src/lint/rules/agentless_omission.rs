//! HND005 "X was not checked", "never read", "nobody looked" points at people without naming them.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::lexicon::Classes;
use crate::lint::rule::{Phrases, Rule, cause, lesson, timeline};
use crate::lint::section::{SectionKind, Sections};

pub(super) static ENTRY: Rule = Rule {
    id: "HND005",
    name: "agentless-omission",
    family: "counterfactual",
    level: Severity::Warning,
    rationale: "\"X was not checked\", \"never read\", \"nobody looked\" points at people without naming them.",
    question: "Which step, alert or owner would have led to the check, and why is there none?",
    bad: &[
        cause("The report was never read."),
        lesson("Three warning signs went unheeded."),
        cause("Nobody checked the expiry date of the broker certificate."),
    ],
    good: &[
        cause("The report goes to a mailbox with no subscribers."),
        cause("The update alone does not explain why elevator 5 stopped, as it had not been updated."),
        timeline("13:15 UTC NTP offset is not on the dashboard; it is read by hand at 13:58 (412 ms)."),
    ],
    phrases: &[
        Phrases {
            sections: Sections::CAUSES
                .and(Sections::of(&[
                    SectionKind::Lessons,
                    SectionKind::Improve,
                    SectionKind::ExecutiveSummary,
                    SectionKind::RecoveryAssessment,
                    SectionKind::Unverified,
                ]))
                .and(Sections::UNTOLD),
            patterns: &[
                "was|were|been not|never|hardly|barely properly|adequately|fully|thoroughly|even|ever|sufficiently|carefully? %deed",
                "not|never been properly|adequately|fully|thoroughly|even|ever? %deed",
                "was|were|went|left|remained|stayed|stays unchecked|untested|unread|unreviewed|unheeded|unnoticed|unanswered|unmonitored|undocumented|unattended|unverified|unset|undetected|unquestioned|unseen|unaddressed|unresolved|unchallenged|ignored|disregarded|forgotten|neglected|overlooked|skipped",
                "did|does not get|got done|checked|tested|reviewed|read|updated",
                "was|were ? .. forgotten|overlooked|neglected|omitted|skipped",
                "no question|questions|alarm|objection|check|test|review|one|follow-up|rehearsal|drill was|were raised|asked|done|made|performed|run|carried",
                "not one|a was|were %deed",
                "not a? single one|.. was|were|~notice|~check|~ask",
                "lock|check|test|step|line omitted|forgotten|left|skipped by|in|out",
                "insufficient|inadequate|poor|lacking|missing testing|review|reviews|care|diligence|preparation|communication|planning|attention|oversight|checking|supervision|verification",
                "lack of testing|review|care|diligence|preparation|communication|planning|attention|oversight|supervision|thought|discipline|ownership|follow-up|verification|due",
                "without anyone|anybody noticing|checking|looking|asking|knowing|objecting",
                "without being %deed",
                "without proper|adequate|sufficient|due review|testing|approval|care|check|diligence|planning",
            ],
            unless: &[
                "was|were not %deed by the? %machine",
                "because|since|as the|no|it|its|there ... >",
                "not notified|informed of .. customers",
                "no .. was lost|affected",
                "health|pre-flight|precheck check",
            ],
            guard: Some(is_omission),
            ..Phrases::BLANK
        },
        Phrases {
            sections: Sections::ALL.without(Sections::of(&[
                SectionKind::Actions,
                SectionKind::Impact,
                SectionKind::WentWell,
            ])),
            patterns: &[
                "@o .. ~check|~test|~read|~notice|~look|~ask|~see|~review|~load-test|~think|~question|~follow|~tell|~raise|~watch|~call|~know|~sit|~work|~respond|~answer|~verify|~stop|~say|~pick|~rehearse|~monitor|~update|~react|~escalate|~page|~own|~care|~realise|~realize|~bother|~consider|~plan|~document|~remember|~inform|~consult|~warn|~object|~spot|~catch|~maintain|~listen|~open|~take",
                "@o thinks|thought of",
                "@o on|in .. ~notice|~look|~check|~ask",
                "@o over|out there .. ~read|~look",
                "never called|read|checked|tested|looked|asked|consulted|escalated|reviewed|rehearsed|documented|informed",
                "not one was",
                "nobody|no-one is|was looking|watching|checking|reading|responsible|monitoring",
            ],
            unless: &[
                "@o can|could",
                "nobody|no-one is|was at|to fault|blame",
                "@o was|were hurt|harmed|affected|injured",
                "@o .. because|as|since the|it|its|no|there",
            ],
            guard: Some(is_nobody),
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};

/// What machines leave out, and what a condition explains, is no omission of people.
fn is_omission(sentence: &Sentence, start: usize, end: usize) -> bool {
    let by_machine =
        sentence.word(end) == "by" && !sentence.agents.iter().any(|agent| agent.start == end + 1);
    let pronoun = (0..start).all(|i| sentence.is_one_of(i, &["it", "as", "they"]));
    let explained = sentence.condition_after(end)
        || (0..start).any(|i| sentence.is_one_of(i, &["because", "since", "as", "when", "why"]));
    let machine_word =
        sentence.has(start, Classes::MACHINE) && sentence.is_one_of(end.saturating_sub(1), &["in"]);
    !(by_machine || pronoun && start > 0 || explained || machine_word)
}

fn is_nobody(sentence: &Sentence, start: usize, end: usize) -> bool {
    let supposed = start > 0 && sentence.is_one_of(start - 1, &["if", "unless", "in"]);
    let after = (end..(end + 8).min(sentence.tokens.len()))
        .any(|i| sentence.is_one_of(i, &["as", "because", "since", ":"]));
    let unknown = sentence.any_word(&["before"]) && sentence.any_word(&["met", "seen", "used", "worked"]);
    !after && !unknown && !supposed
}
