//! Keys of model providers that begin with `sk-`.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::value::looks_random;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "openai-key",
    kind: Kind::Secret,
    about: "OpenAI and Anthropic keys (sk-…, sk-proj-…, sk-ant-…)",
    trigger: r"sk-[A-Za-z0-9]",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(r"(?-u:\b)sk-(?:proj-|svcacct-|admin-|ant-|or-v1-)?[A-Za-z0-9_-]{20,255}").ok()
    }),
    accept: is_key,
};

/// `task-`, `sk-learn-…` and other hyphenated words have no digits and capitals in them.
fn is_key(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|head| head.chars().next_back());
    before != Some('-') && looks_random(span.of(text), 23)
}
