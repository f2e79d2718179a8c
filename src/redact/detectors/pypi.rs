//! PyPI upload tokens.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "pypi-token",
    kind: Kind::Secret,
    about: "PyPI tokens (pypi-Ag…)",
    trigger: r"pypi-Ag",
    reach: Reach::Line,
    pattern: LazyLock::new(|| Regex::new(r"(?-u:\b)pypi-Ag[A-Za-z0-9_-]{30,1024}").ok()),
    accept: always,
};
