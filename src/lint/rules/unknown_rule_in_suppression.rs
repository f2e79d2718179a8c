//! MET001 A suppression names a rule that does not exist.

use crate::domain::Severity;
use crate::lint::rule::{Rule, document};

pub(super) static ENTRY: Rule = Rule {
    id: "MET001",
    name: "unknown-rule-in-suppression",
    family: "suppression",
    level: Severity::Warning,
    rationale: "A suppression names a rule that does not exist.",
    question: "Which rule was meant?",
    bad: &[document("<!-- unblame allow BLM999 -- quoted -->\n\nThe disk was full.\n")],
    good: &[document(
        "## Root cause\n\n<!-- unblame allow BLM009 -- quoted from the ticket -->\nReason: manual error.\n",
    )],
    ..Rule::BLANK
};
