//! MET002 A suppression that matches nothing hides the next finding.

use crate::domain::Severity;
use crate::lint::rule::{Rule, document};

pub(super) static ENTRY: Rule = Rule {
    id: "MET002",
    name: "unused-suppression",
    family: "suppression",
    level: Severity::Info,
    rationale: "A suppression that matches nothing hides the next finding.",
    question: "Can it go?",
    bad: &[document("<!-- unblame allow BLM009 -- quoted -->\n\nThe disk was full.\n")],
    good: &[document(
        "## Root cause\n\n<!-- unblame allow BLM009 -- quoted from the ticket -->\nReason: manual error.\n",
    )],
    ..Rule::BLANK
};
