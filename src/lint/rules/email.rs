//! PII001 A mail address outside the allow list and the reserved domains.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "PII001",
    name: "email",
    family: "pii-email",
    level: Severity::Warning,
    rationale: "A mail address outside the allow list and the reserved domains.",
    question: "Is the person needed here, or is a role enough?",
    bad: &[document("Reported by jan.kowal@mailbox.shop at 10:00 UTC.\n")],
    good: &[document("Reported by customer A, ops@example.com was copied.\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::emails(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
