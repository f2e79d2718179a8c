//! BLM006 A possessive or a "by" phrase that ties a noun of fault to a person.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, summary, timeline};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "BLM006",
    name: "possessive-fault",
    family: "names-individual-as-cause",
    level: Severity::Error,
    rationale: "A possessive or a \"by\" phrase that ties a noun of fault to a person.",
    question: "What state of the system did the change meet, and which check could have shown it?",
    bad: &[
        cause("Gemma's oversight left port 22 open.").naming(&["Gemma"]),
        cause("It was Siobhan's change that broke the login flow.").naming(&["Siobhan"]),
        cause("The night operator's inattention let the disk fill up."),
        summary("A careless `rm` by Dorota removed the season's telemetry.").naming(&["Dorota"]),
    ],
    good: &[
        cause("The security group template leaves port 22 open."),
        timeline("12:02 UTC Gemma's pull request is approved.").naming(&["Gemma"]),
    ],
    phrases: &[Phrases {
        patterns: &[
            "@nhrtvip 's .. %fault_noun",
            "my|our|his|her|their|your %fault_adjective? %fault_noun|inattention",
            "my|his|her|their wrong %work_noun|assumption",
            "my|his|her|their stupid|silly|dumb %work_noun|mistake",
            "@nhrtvi 's %fault_adjective|half-baked|last-minute|rushed|wrong .. %work_noun",
            "@nhrtvi 's .. %work_noun was|is wrong|broken|bad|faulty|flawed|the|what|where|to|poor|careless",
            "@nhrtvi 's .. %work_noun .. ~break|~crash|~erase|~wipe|~corrupt|~delete|~cause|~trigger|~destroy|collided|~kill|~drop|~remove|~overwrite|~expose|~leak|~take|~bring|~overload|~empty|~flood|~disable|~open|~lose|~stop",
            "%fault_noun by|of @nhrtvi",
            "%fault_noun by|of the? @rt",
            "%fault_noun on the part|side of @",
            "%fault_adjective .. by @nhrtvi",
            "because|due of|to @nhrtvi 's ..",
            "lapse|slip|lack|want of .. by|from|among @nhrtvi",
            "@nhrtvi 's %work_noun|fault|doing .. that|which",
            "@nhrtvi 's handling|idea|decision|inability|refusal|failure|unwillingness to?",
            "the bad|faulty|broken|offending line|commit|change is @n 's",
            "failure of @nrtvi to",
            "case of @nrtvi .. ~fail|~forget",
        ],
        unless: &[
            "thanks to @",
            "@ 's commits|pull|team",
            "@ 's .. fixed|fix|restored|revert|rollback",
            "delay|delays of #",
            "error of the|a client|user",
        ],
        guard: Some(is_fault),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// Praise, requests and measured errors of users are no fault; "our error budget" is a number.
fn is_fault(sentence: &Sentence, start: usize, end: usize) -> bool {
    let budget = (start..end + 1).any(|i| {
        sentence.is_one_of(
            i,
            &[
                "budget", "rate", "code", "codes", "tracker", "page", "message", "messages", "log", "logs",
                "report", "reports",
            ],
        )
    });
    let machine = sentence.is_one_of(start, &["its"]);
    let well = sentence.section == Some(SectionKind::WentWell);
    let ours = sentence.is_one_of(start, &["our", "their"])
        && (sentence.is_one_of(
            start + 1,
            &["failure", "error", "errors", "delay", "mess", "failures", "slip", "distraction", "typo"],
        ) || sentence.section == Some(SectionKind::Timeline));
    // "the department's portal returned errors": the noun of fault belongs to a verb of the machine
    let portal = (start + 1..end).any(|i| {
        sentence.has(i, crate::lint::lexicon::Classes::MACHINE)
            && (i + 1..end).any(|verb| sentence.tokens[verb].form.any(crate::lint::lexicon::Form::PAST))
    });
    !budget && !machine && !well && !ours && !portal
}
