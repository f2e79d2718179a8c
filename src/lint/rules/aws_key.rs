//! SEC001 An access key of a cloud account, or the secret near it.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::secrets;

pub(super) static ENTRY: Rule = Rule {
    id: "SEC001",
    name: "aws-key",
    family: "secret-aws-key",
    level: Severity::Error,
    rationale: "An access key of a cloud account, or the secret near it.",
    question: "Has the key been rotated?",
    bad: &[document("The job ran with AKIAEXAMPLEEXAMPLE00 at 10:00 UTC.\n")],
    good: &[document("The job ran with `AKIA****` (redacted).\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for secret in secrets::aws_keys(page) {
        found.push(Placed::new(secret.span, secret.message).with_fix(secret.replacement));
    }
}
