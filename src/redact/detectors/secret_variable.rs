//! Names and values on two lines or in two fields, as in container environments.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::value::is_placeholder;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "secret-variable",
    kind: Kind::Secret,
    about: "Environment variables of containers whose name says that the value is secret",
    trigger: r"(?i)name[^\n]{0,40}(?:pass|secret|token|key|pwd)",
    reach: Reach::Document,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r#"(?i)["']?name["']?\s*[:=]\s*["']?[a-z0-9_.-]*(?:password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|_key)["']?"#,
            r#"\s*,?\s*["']?value["']?\s*[:=]\s*(?:"([^"\n]{3,400})"|'([^'\n]{3,400})'|([^\s"',}]{3,400}))"#,
        ))
        .ok()
    }),
    accept: is_real,
};

fn is_real(text: &str, span: Span) -> bool {
    let value = span.of(text);
    !is_placeholder(value) && !value.starts_with('/')
}
