//! ACT008 A wish for non-recurrence is a hope, not a task.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, action};
use crate::lint::section::Sections;
use crate::lint::vague;

pub(super) static ENTRY: Rule = Rule {
    id: "ACT008",
    name: "never-again",
    family: "vague-action",
    level: Severity::Warning,
    rationale: "A wish for non-recurrence is a hope, not a task.",
    question: "Which guard would stop this one condition?",
    bad: &[action("Ensure it does not recur."), action("Prevent this from happening again.")],
    good: &[action("Reject a manifest without a digest in admission control.")],
    phrases: &[Phrases {
        sections: Sections::PLANS,
        patterns: &[
            "prevent|avoid|stop|stops|prevents|ensure|sure|guarantee ... again|recurrence|recur|repeat|reoccurrence|happening|future|re-occur|repetition",
            "never|not again|happen|recur|repeat again|happen|>|?",
            "this|it|that|such must|should|can|will|shall|does never|not happen|recur|occur|be again|repeated|?",
            "no repeat|recurrence|repetition|more .. this|of|incidents|outages",
            "never again",
            "make sure|certain it|this|that does|will|never|cannot|is not|never|?",
            "avoid|prevent such|similar|these|this|it incidents|mistakes|problems|issues|outages|errors|in|kind|type|>|from",
            "so|that it|this never|cannot|does not? happens|happen again",
        ],
        unless: &["rejects|reject|blocks|alert|test|check|guard|by adding|owner"],
        guard: Some(is_wish),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

fn is_wish(sentence: &Sentence, _start: usize, _end: usize) -> bool {
    !vague::is_checkable(sentence)
}
