//! Names with passwords: in web addresses, in `Basic` headers, after `curl -u`.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::value::is_placeholder;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "basic-auth",
    kind: Kind::Secret,
    about: "Passwords in web addresses, Basic headers and after curl -u",
    trigger: r"@| -u|--user|--proxy-user|(?i)basic +[a-z0-9+/]{6}",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r#"(?i)(?-u:\b)[a-z][a-z0-9+.-]*://[^\s:/@"'<>]*:([^\s/"'<>]+)@"#,
            r"|(?-u:\b)basic\s+([A-Za-z0-9+/]{8,}={0,2})",
            r#"|(?:^|\s)(?:-u|--user|--proxy-user)[ =]?["']?[A-Za-z0-9._@\\-]+:([^\s"']+)"#,
        ))
        .ok()
    }),
    accept: is_real,
};

/// "Basic monitoring" is prose; encoded credentials carry a digit, padding or capitals inside.
fn is_real(text: &str, span: Span) -> bool {
    let value = span.of(text);
    let before = text.get(..span.start).unwrap_or_default();
    if before.trim_end().to_ascii_lowercase().ends_with("basic") {
        let capital_inside = value.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        let lower = value.bytes().any(|byte| byte.is_ascii_lowercase());
        return value.len().is_multiple_of(4) && (value.ends_with('=') || capital_inside && lower);
    }
    !is_placeholder(value) && !value.bytes().all(|byte| byte.is_ascii_digit())
}
