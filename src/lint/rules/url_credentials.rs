//! SEC004 A URL with user and password.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "SEC004",
    name: "url-credentials",
    family: "secret-generic-password",
    level: Severity::Error,
    rationale: "A URL with user and password.",
    question: "Has the password been changed?",
    bad: &[document("It used mysql://app:hunter2@host/db for the export.\n")],
    good: &[document("It used mysql://app:***@host/db for the export.\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::url_credentials(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
