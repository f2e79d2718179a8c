//! PII004 Private addresses and internal host names.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "PII004",
    name: "internal-host",
    family: "pii-internal-host",
    level: Severity::Info,
    on: false,
    rationale: "Private addresses and internal host names.",
    question: "Is the name of the service enough?",
    bad: &[document("The node 10.20.30.40 stopped.\n")],
    good: &[document("The node db-7 stopped.\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::internal_hosts(page) {
        found.push(Placed::new(secret.span, secret.message));
    }
}
