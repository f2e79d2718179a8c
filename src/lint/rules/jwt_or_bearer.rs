//! SEC002 A signed token: three base64url parts that start with eyJ, or a bearer token.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "SEC002",
    name: "jwt-or-bearer",
    family: "secret-jwt",
    level: Severity::Error,
    rationale: "A signed token: three base64url parts that start with eyJ, or a bearer token.",
    question: "Has the token been revoked?",
    bad: &[document(
        "It sent eyJhbGciOiJub25lIn0.eyJzdWIiOiJleGFtcGxlIn0.c2lnbmF0dXJlLWV4YW1wbGU in the header.\n",
    )],
    good: &[document("It sent `Bearer <redacted>` in the header.\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::tokens(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
