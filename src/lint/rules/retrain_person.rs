//! PUN002 Training as the cure for a named person or role, with no change in the system.

use crate::domain::Severity;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, action};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "PUN002",
    name: "retrain-person",
    family: "punitive",
    level: Severity::Warning,
    rationale: "Training as the cure for a named person or role, with no change in the system.",
    question: "Which guard would help the next person too?",
    bad: &[
        action("Ludo repeats the safety course.").naming(&["Ludo"]),
        action("Retrain the night operator."),
    ],
    good: &[
        action("Add a dry run to the tool; owner tools team; due 2027-03-01."),
        action("Training on docks for all 210 nurses of building 4, 20 minutes each, from 1 to 28 February."),
        action("Noor will pair with the storage team to write the restore drill; first run 2026-12-10.")
            .naming(&["Noor"]),
    ],
    phrases: &[Phrases {
        sections: Sections::PLANS,
        patterns: &[
            "~retrain|~re-train|~reeducate|~re-educate|~educate|~coach|~school|~lecture @nhrti",
            "@nhr .. ~repeat|~retake|~redo|~attend .. course|training|class|lesson|workshop|module|certification|exam",
            "@nhr .. be|needs|need|to be? retrained|re-trained|trained|coached|reminded|refresher|training|coaching|told|lectured|supervised|shadow",
            "~remind @nhr",
            "~remind|~tell|~teach|~train|~instruct|~ask the? @nhr to|about|how|that|not|in",
            "refresher|remedial training|course for|with",
            "extra|more|additional|mandatory training|coaching|lessons|supervision for|of @nhr",
            "training|course|coaching for @nhr",
            "send @ to|on",
            "@nhr to re-read|reread|read|study|review|learn|memorise|memorize the",
        ],
        unless: &["for all", "all # "],
        guard: Some(is_single),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// A measure for everybody with a number and a date is a plan, not a cure for one person.
fn is_single(sentence: &Sentence, _start: usize, _end: usize) -> bool {
    !(sentence.any_word(&["all", "every", "everybody", "everyone"])
        && sentence.tokens.iter().any(|token| token.kind == crate::lint::language::Kind::Number))
}
