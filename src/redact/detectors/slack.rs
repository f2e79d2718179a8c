//! Slack tokens and the addresses of incoming webhooks.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "slack-token",
    kind: Kind::Secret,
    about: "Slack tokens (xoxb-, xoxp-, xapp-, …) and webhook addresses",
    trigger: r"xox[abeoprs][.-]|xapp-|hooks\.slack\.com",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(r"(?-u:\b)(?:xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,255}|xapp-\d-[A-Za-z0-9-]{10,255}|hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_+-]{12,200})").ok()
    }),
    accept: always,
};
