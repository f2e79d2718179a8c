//! SEC005 A token of a forge, chat or payment service, by its prefix and length.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "SEC005",
    name: "vendor-token",
    family: "secret-vendor-token",
    level: Severity::Error,
    rationale: "A token of a forge, chat or payment service, by its prefix and length.",
    question: "Has the token been revoked?",
    bad: &[document("The bot used ghp_EXAMPLEexampleEXAMPLEexampleEXAMPLE0000 for a day.\n")],
    good: &[document("The bot used `ghp_****` (redacted).\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::vendor_tokens(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
