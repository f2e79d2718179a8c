//! TIM008 Judgement in a timeline entry; entries say who did what, when, with which tool.

use crate::domain::Severity;
use crate::lint::rule::{Phrases, Rule, timeline};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "TIM008",
    name: "blame-in-timeline",
    family: "judgement",
    level: Severity::Warning,
    rationale: "Judgement in a timeline entry; entries say who did what, when, with which tool.",
    question: "Who did what, with which tool, on the advice of which document?",
    bad: &[timeline("22:31 UTC Ludo foolishly restarts B").naming(&["Ludo"])],
    good: &[timeline("22:31 UTC Ludo restarts B (runbook step 6)").naming(&["Ludo"])],
    phrases: &[Phrases {
        sections: Sections::TIMELINE,
        patterns: &[
            "foolishly|stupidly|carelessly|recklessly|blindly|unwisely|rashly|lazily|clumsily|needlessly|stubbornly|inexplicably|unfortunately|sadly|sloppily|negligently|naively|hastily|senselessly",
            "against better|advice|orders",
            "for no reason|apparent",
            "without reading|looking|checking|thinking|asking|telling|reason|need|warning",
            "chooses|decides|prefers to do nothing|ignore|wait|sleep",
            "in|a|the panic|panics|blunder",
        ],
        unless: &["without reason|warning the? %machine"],
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};
