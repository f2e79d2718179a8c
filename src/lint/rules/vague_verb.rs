//! ACT001 A broad verb (improve, enhance, review) with no object that can be checked.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Hit, Rule, action};
use crate::lint::vague;

pub(super) static ENTRY: Rule = Rule {
    id: "ACT001",
    name: "vague-verb",
    family: "vague-action",
    level: Severity::Warning,
    rationale: "A broad verb (improve, enhance, review) with no object that can be checked.",
    question: "What will be different, by which number or guard, and how will somebody check it?",
    bad: &[
        action("Enhance resilience."),
        action("Tighten up the review process."),
        action("Investigate."),
        action("More testing."),
        action("Improve communication between depots."),
    ],
    good: &[
        action("Retry `GET /stock` 3 times with jitter; chaos test in CI; owner stock; 2027-02-12."),
        action("Improve p99 of restore from 6 h to under 45 min by 2027-02-01 (owner: storage, STO-77)."),
        action(
            "Strengthen `values.schema.json` with `additionalProperties: false`; CI job fails on unknown keys (owner: charts; 2027-01-20).",
        ),
    ],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    let (start, end) = vague::broad_verb(sentence)?;
    Some(Hit::new(start, end, format!("“{}”: nobody can tell when this is done", sentence.slice(start, end))))
}
