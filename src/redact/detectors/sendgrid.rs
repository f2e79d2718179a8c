//! SendGrid API keys.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "sendgrid-key",
    kind: Kind::Secret,
    about: "SendGrid API keys (SG.…)",
    trigger: r"SG\.",
    reach: Reach::Line,
    pattern: LazyLock::new(|| Regex::new(r"(?-u:\b)SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}").ok()),
    accept: always,
};
