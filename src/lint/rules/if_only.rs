//! HND003 "If X had ...", "had X ..." with a human X describes a world that did not exist.

use crate::domain::Severity;
use crate::lint::duty;
use crate::lint::language::Sentence;
use crate::lint::rule::{Phrases, Rule, cause, lesson};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "HND003",
    name: "if-only",
    family: "counterfactual",
    level: Severity::Warning,
    rationale: "\"If X had ...\", \"had X ...\" with a human X describes a world that did not exist.",
    question: "What would have had to be different in the system for that to happen by itself?",
    bad: &[
        cause("Had the shift lead waited ten minutes, all would be well."),
        cause("If the responder had looked at the second graph, the outage would have ended at 10:05."),
        lesson("If only he had waited till Sunday."),
    ],
    good: &[
        cause("The controller needs ten minutes to settle; the page does not say so."),
        cause("Had the pump stopped as well, the fish hatchery could have lost oxygen; it did not stop."),
    ],
    phrases: &[
        Phrases {
            patterns: &[
                "if only",
                "if @ .. had|'d not?",
                "< had @",
                "had @nhrtifpov not|only|just|properly|ever? ..",
                "; had @",
                ", had @",
                "if @ had|'d",
                "if @ .. did|were|was .. would",
                "if .. had been %deed|announced|informed|done|taken|written",
                "< had .. been %deed|announced|informed|done|taken",
                ", had .. been %deed|announced|informed|done|taken",
                "%deed had .. been %deed|announced|informed|done|taken",
                "if .. had not? been ~skip|~ignore|~rush",
                "i|we wish @",
                "wish|wished i|we had",
                "< if .. had|'d ... would",
                "unless @ had",
            ],
            unless: &["if the? %machine had ..", "had the? %machine", "had it"],
            guard: Some(is_people),
            ..Phrases::BLANK
        },
        Phrases {
            patterns: &["if only", "without @nhrtvi 's", "we would have .. if @", "would have .. if @ had"],
            negatable: false,
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};

fn is_people(sentence: &Sentence, start: usize, end: usize) -> bool {
    !sentence.is_mention()
        && sentence.section != Some(SectionKind::Actions)
        && duty::is_human_condition(sentence, start, end)
}
