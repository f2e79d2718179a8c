//! SEC003 The header of a private key.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "SEC003",
    name: "private-key-block",
    family: "secret-private-key",
    level: Severity::Error,
    rationale: "The header of a private key.",
    question: "Has the key been replaced?",
    bad: &[document("    -----BEGIN EXAMPLE PRIVATE KEY-----\n")],
    good: &[document("The key was removed.\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::private_keys(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
