//! JSON web tokens.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "jwt",
    kind: Kind::Secret,
    about: "JSON web tokens, whole or without signature",
    trigger: r"eyJ[A-Za-z0-9_-]",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(
            r"(?-u:\b)eyJ[A-Za-z0-9_-]{8,}={0,2}\.[A-Za-z0-9_-]{8,}={0,2}(?:\.[A-Za-z0-9_-]*={0,2}){0,3}",
        )
        .ok()
    }),
    accept: always,
};
