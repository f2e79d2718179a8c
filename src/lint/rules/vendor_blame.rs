//! BLM004 A supplier named with a judgement, not with facts, times and a reference.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Phrases, Rule, cause};
use crate::lint::section::{SectionKind, Sections};
use crate::lint::subject;

pub(super) static ENTRY: Rule = Rule {
    id: "BLM004",
    name: "vendor-blame",
    family: "names-individual-as-cause",
    level: Severity::Warning,
    rationale: "A supplier named with a judgement, not with facts, times and a reference.",
    question: "What did the supplier's service return, from when to when, and what is the number of their incident?",
    bad: &[
        cause("Our CDN let us down once more."),
        cause("The supplier quietly removed the endpoint and left us holding the bag."),
        cause("Our provider broke its promise again."),
    ],
    good: &[
        cause("The CDN returned 503 from 04:10 to 04:52 UTC (their incident 7714)."),
        cause("The payroll provider confirmed the defect eleven days after our report (their case 40-1882)."),
    ],
    phrases: &[Phrases {
        sections: Sections::ALL.without(Sections::of(&[SectionKind::WentWell, SectionKind::Actions])),
        patterns: &[
            "@v let|lets us|everyone|customers down",
            "@v ~leave us ..",
            "@v .. own up",
            "@v sat on",
            "@v ~hang up",
            "@v ~admit .. that @ ~break",
            "thanks to @v",
            "@v .. once again|more",
            "@v 's incompetence|sloppiness|negligence|carelessness|failure|silence|lies|excuses",
            "@v ~blame us|our",
            "typical of? @v",
            "100% caused by @v",
            "caused by|be? the @v",
        ],
        unless: &["incident|case|ticket #"],
        ..Phrases::BLANK
    }],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    let (clause, _) = subject::faulted(sentence, Kinds::of(&[AgentKind::Vendor]))?;
    let (start, end) = subject::span(sentence, &clause);
    Some(Hit::new(
        start,
        end,
        format!("“{}”: a supplier is judged instead of described", sentence.slice(start, end)),
    ))
}
