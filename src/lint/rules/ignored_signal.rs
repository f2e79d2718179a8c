//! HND009 A signal said to have been disregarded, with a human or hidden agent.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::lexicon::Classes;
use crate::lint::rule::{Phrases, Rule, cause, timeline};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "HND009",
    name: "ignored-signal",
    family: "hindsight-certainty",
    level: Severity::Warning,
    rationale: "A signal said to have been disregarded, with a human or hidden agent.",
    question: "Among how many others did the signal arrive, and how did they differ?",
    bad: &[
        cause("The e-mail was disregarded."),
        timeline("12:03 UTC - the spike plainly shows the leak, yet it is not acted upon."),
    ],
    good: &[
        cause("The e-mail arrived among 260 others on that day."),
        cause("The client library ignores SIGTERM."),
        cause("The scheduler ignored the taint because the toleration used a wildcard."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "alert|alerts|alarm|alarms|warning|warnings|sign|signs|signal|signals|mail|e-mail|email|message|messages|ticket|tickets|page|pages|bulletin|notice|spike|graph|report|reports|dialog ..  was|were|is|are|went|been|got simply? ignored|disregarded|dismissed|unheeded|unnoticed|missed|overlooked|unanswered|discarded|neglected",
            "~ignore|~disregard|~dismiss the|all|several|this|that|every|repeated|our|clear|early? .. alert|alerts|alarm|alarms|warning|warnings|sign|signs|mail|e-mail|email|signal|signals",
            "warning|red|tell-tale signs|sign|flags|flag|signal|signals .. was|were|had|went|ignored|missed",
            "not|never|nobody|no-one .. acted|acts|act on|upon",
            "fell|falls|fallen on deaf ears",
            "turned a blind eye",
            "despite|in|spite .. warnings|warning|alerts|signs|red",
            "clear|obvious|plain|early warning|warnings|sign|signs|signal",
            "yet|but .. not|nobody|nothing .. acted|done|happened|followed|happens|checked|reacts|reacted",
        ],
        unless: &[
            "by the? %machine",
            "signs|sign|signal|signals of recovery|improvement|life|progress",
            "~ignore .. because|by|when|after .. ",
        ],
        guard: Some(has_hidden_agent),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// Machines ignore signals by specification.
fn has_hidden_agent(sentence: &Sentence, start: usize, end: usize) -> bool {
    let active = (start..end).any(|i| {
        sentence.is_one_of(
            i,
            &["ignore", "ignores", "ignored", "dismissed", "dismisses", "disregards", "disregarded"],
        )
    });
    let machine_before =
        start > 0 && active && sentence.has(start - 1, Classes::MACHINE) && sentence.agents.is_empty();
    let planned = matches!(sentence.section, Some(SectionKind::Actions | SectionKind::WentWell));
    !machine_before && !planned && !sentence.condition_after(end)
}
