//! Twilio: account and key identifiers and the auth token beside them.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "twilio",
    kind: Kind::Secret,
    about: "Twilio account ids, API keys and auth tokens",
    trigger: r"(?:AC|SK)[0-9a-f]{8}|(?i)twilio",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r"(?-u:\b)((?:AC|SK)[0-9a-f]{32})(?-u:\b)",
            r#"|(?i)twilio[^\n]{0,40}?(?:token|secret|key)["'`]?\s*(?:=>|:=|=|:|is)\s*["'`]?((?-i:[0-9a-f]{32}))(?-u:\b)"#,
        ))
        .ok()
    }),
    accept: always,
};
