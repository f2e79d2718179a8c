//! BLM005 Handles belong in timelines and owner columns, not among causes.

use crate::domain::Severity;
use crate::lint::rule::{Phrases, Rule, cause, timeline};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "BLM005",
    name: "handle-in-cause-section",
    family: "names-individual-as-cause",
    level: Severity::Warning,
    rationale: "Handles belong in timelines and owner columns, not among causes.",
    question: "Which change, by its number, had which effect?",
    bad: &[cause("Cause: change by @olga")],
    good: &[
        cause("Cause: change 5512 raised the limit above the kernel maximum."),
        timeline("12:20 UTC @olga scales the worker to zero."),
    ],
    phrases: &[Phrases {
        sections: Sections::CAUSES,
        patterns: &["@h"],
        unless: &["owner : @h", "thanks|kudos .. @h", "reported|noticed|spotted by @h"],
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};
