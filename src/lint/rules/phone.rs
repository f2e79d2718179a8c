//! PII002 A phone number; not ticket ids, not epoch times.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "PII002",
    name: "phone",
    family: "pii-phone",
    level: Severity::Warning,
    rationale: "A phone number; not ticket ids, not epoch times.",
    question: "Who needs the number?",
    bad: &[document("Call +1 555 010 0199 for access.\n")],
    good: &[document("Ticket 40123456789 was opened at 1700000000.\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::phones(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
