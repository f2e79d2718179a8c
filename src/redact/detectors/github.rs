//! GitHub tokens: personal, OAuth, app, refresh and fine-grained.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "github-token",
    kind: Kind::Secret,
    about: "GitHub tokens (ghp_, gho_, ghu_, ghs_, ghr_, github_pat_)",
    trigger: r"gh[pousr]_|github_pat_",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(r"(?-u:\b)(?:gh[pousr]_[A-Za-z0-9_]{20,255}|github_pat_[A-Za-z0-9_]{22,255})").ok()
    }),
    accept: always,
};
