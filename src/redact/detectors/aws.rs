//! Amazon Web Services: access key ids, secret access keys, session tokens.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::value::looks_random;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "aws-key",
    kind: Kind::Secret,
    about: "AWS access key ids (AKIA…, ASIA…), secret access keys and session tokens",
    trigger: r"A(?:KIA|SIA|BIA|CCA)[A-Z2-7]|(?i)secret_?-?access_?-?key|aws_?-?secret|session_?-?token|security-token",
    reach: Reach::Document,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r"(?-u:\b)(A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16})(?-u:\b)",
            r#"|(?i)(?:aws_?-?secret_?-?(?:access_?-?)?key(?:_?-?id)?|secret_?-?access_?-?key)["'`]?(?:\s*\n?\s*["']?value["']?|\s*,\s*["']?value["']?)?\s*(?:=>|:=|=|:|is|→|\s)\s*["'`]?([A-Za-z0-9/+]{38,42}={0,2})"#,
            r#"|(?i)(?:aws_?-?session_?-?token|session_?-?token|x-amz-security-token)["'`]?\s*(?:=>|:=|=|:|%3D)\s*["'`]?([A-Za-z0-9/+%]{60,2048}={0,2})"#,
        ))
        .ok()
    }),
    accept: is_key,
};

fn is_key(text: &str, span: Span) -> bool {
    let value = span.of(text);
    value.len() == 20 || looks_random(value, 20)
}
