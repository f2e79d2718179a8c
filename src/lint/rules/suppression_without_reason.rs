//! MET003 A suppression with no reason cannot be reviewed.

use crate::domain::Severity;
use crate::lint::rule::{Rule, document};

pub(super) static ENTRY: Rule = Rule {
    id: "MET003",
    name: "suppression-without-reason",
    family: "suppression",
    level: Severity::Info,
    rationale: "A suppression with no reason cannot be reviewed.",
    question: "Why is the finding wrong here? Write it after `--`.",
    bad: &[document("## Root cause\n\n<!-- unblame allow BLM009 -->\nReason: manual error.\n")],
    good: &[document(
        "## Root cause\n\n<!-- unblame allow BLM009 -- quoted from the ticket -->\nReason: manual error.\n",
    )],
    ..Rule::BLANK
};
