//! PII003 A public address outside the documentation ranges; not version numbers.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "PII003",
    name: "public-ip",
    family: "pii-ip",
    level: Severity::Warning,
    rationale: "A public address outside the documentation ranges; not version numbers.",
    question: "Is the network or the number of clients enough?",
    bad: &[document("The client 8.8.4.4 sent 900 requests a second.\n")],
    good: &[document("The client 192.0.2.4 ran version 1.2.3.4 on host 10.0.0.4.\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::public_addresses(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
