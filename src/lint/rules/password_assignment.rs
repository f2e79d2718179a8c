//! SEC006 A password, secret or token set to a literal.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "SEC006",
    name: "password-assignment",
    family: "secret-generic-password",
    level: Severity::Warning,
    rationale: "A password, secret or token set to a literal.",
    question: "Has it been changed?",
    bad: &[document("The unit file sets DB_PASS=zx81-Rhubarb-Example for everybody.\n")],
    good: &[
        document("The unit file sets DB_PASS=<redacted>.\n"),
        document("The field token=null was sent.\n"),
    ],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::assignments(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
