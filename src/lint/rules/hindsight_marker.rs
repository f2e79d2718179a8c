//! HND006 Phrases that announce hindsight: what follows was not visible then.

use crate::domain::Severity;
use crate::lint::rule::{Phrases, Rule, lesson};

pub(super) static ENTRY: Rule = Rule {
    id: "HND006",
    name: "hindsight-marker",
    family: "counterfactual",
    level: Severity::Info,
    rationale: "Phrases that announce hindsight: what follows was not visible then.",
    question: "What was visible at that moment, and on which screen?",
    bad: &[
        lesson("In retrospect the plan was risky."),
        lesson("In hindsight, rolling back at 12:10 was the right call and we dithered."),
    ],
    good: &[lesson("The plan assumed a full cache; that assumption was not written down.")],
    phrases: &[
        Phrases {
            patterns: &[
                "in retrospect|hindsight",
                "with hindsight",
                "with the? benefit|wisdom of hindsight",
                "hindsight is|shows|tells",
                "looking back",
                "knowing what we know",
                "in the cold light",
                "after the fact it",
                "we now know .. should|could",
                "hindsight",
            ],
            unless: &["hindsight bias", "avoid|avoids|without hindsight"],
            ..Phrases::BLANK
        },
        Phrases {
            patterns: &[
                "in retrospect|hindsight .. should|could|obvious|clear|wrong|right|mistake|inevitable|plain|dithered|better|risky|unwise|bad",
                "with hindsight .. should|could|obvious|clear|wrong|right|mistake|inevitable|plain|better|were|was",
                "looking back .. plain|obvious|clear|should|could|was",
                "in the cold light",
            ],
            level: Some(Severity::Warning),
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};
