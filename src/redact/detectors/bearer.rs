//! Credentials of `Authorization` headers and their like.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::value::{entropy, is_placeholder};
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "bearer",
    kind: Kind::Secret,
    about: "Bearer and token credentials of Authorization headers",
    trigger: r"(?i)bearer|authorization|x-[a-z-]*(?:token|key|auth)|token\s+[a-z0-9]{12}",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r#"(?i)(?-u:\b)bearer(?:\s+|%20|["':=]+\s*)["'`]?([A-Za-z0-9._~+/=:|-]{8,4096})"#,
            r#"|(?-u:\b)(?:proxy-)?authorization["'`]?\s*[:=]\s*["'`]?(?:(?:token|apikey|api-key|key|digest|negotiate)\s+)?["'`]?([A-Za-z0-9._~+/=-]{16,4096})"#,
            r#"|(?-u:\b)x-[a-z-]*(?:token|key|auth)["'`]?\s*[:=]\s*["'`]?([A-Za-z0-9._~+/=-]{12,4096})"#,
        ))
        .ok()
    }),
    accept: is_credential,
};

/// Prose such as "bearer authentication failed" has no digits.
fn is_credential(text: &str, span: Span) -> bool {
    let value = span.of(text).trim_end_matches(['.', ':', ',']);
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let both_cases = value.bytes().any(|byte| byte.is_ascii_lowercase())
        && value.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    !is_placeholder(value)
        && (digits && value.len() >= 8 || both_cases && value.len() >= 20)
        && entropy(value) > 2.4
}
