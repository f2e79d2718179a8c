//! Google API keys, OAuth secrets and access tokens.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "google-api-key",
    kind: Kind::Secret,
    about: "Google API keys (AIza…), OAuth client secrets and access tokens",
    trigger: r"AIza|ya29\.|GOCSPX-",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(
            r"(?-u:\b)(?:AIza[A-Za-z0-9_-]{30,40}|ya29\.[A-Za-z0-9_-]{20,2048}|GOCSPX-[A-Za-z0-9_-]{20,64})",
        )
        .ok()
    }),
    accept: always,
};
