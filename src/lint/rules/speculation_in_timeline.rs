//! TIM005 Guessing with no evidence. A hypothesis stated as one and resolved is fine.

use crate::domain::Severity;
use crate::lint::rule::{Phrases, Rule, timeline};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "TIM005",
    name: "speculation-in-timeline",
    family: "timeline-speculation",
    level: Severity::Warning,
    rationale: "Guessing with no evidence. A hypothesis stated as one and resolved is fine.",
    question: "What was seen, and how was the guess confirmed or ruled out?",
    bad: &[timeline("22:20 UTC probably the cache was cold")],
    good: &[timeline("22:20 UTC hypothesis: cold cache; hit rate 97%, rejected 22:26 UTC")],
    phrases: &[Phrases {
        sections: Sections::TIMELINE,
        patterns: &[
            "probably|presumably|apparently|supposedly|allegedly|maybe|perhaps|possibly|likely|seemingly",
            "must|may|might have been|~cause",
            "i|we guess|think|believe|assume|suspect",
            "seems|seemed to|like|that",
            "looks|looked as if|though",
            "no doubt",
        ],
        unless: &[
            "hypothesis|hypotheses|theory",
            "suspect|suspected|suspects .. confirmed|rejected|ruled|excluded|wrong",
            "not|less|more likely",
            "most? likely cause .. confirmed",
        ],
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};
