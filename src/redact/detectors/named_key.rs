//! Keys that look like ids, known by the name before them alone: Opsgenie, PagerDuty, Datadog, signed addresses.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "named-key",
    kind: Kind::Secret,
    about: "API, routing and integration keys of alerting tools in the form of ids, signatures of presigned addresses, old Vault tokens",
    trigger: r"(?i)key[^\n]{0,6}[0-9a-f]{8}|x-(?:amz|goog)-signature|vault|-us[0-9]",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(concat!(
            r#"(?i)(?-u:\b)genie_?key\s+([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"#,
            r#"|(?:opsgenie|genie|datadog|dd|pagerduty|pd|new[ _-]?relic|victorops|squadcast)[ _-]?(?:api|app|application|integration|routing|license|service)?[ _-]?key["'`]?\s*(?:is\s+|[:=]\s*)["'`]?([0-9a-f]{32,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"#,
            r#"|(?-u:\b)(?:routing|integration|service|license|ingest(?:ion)?)[ _-]key["'`]?\s*(?:is\s+|[:=]\s*)["'`]?([0-9a-f]{32})(?-u:\b)"#,
            r#"|x-(?:amz|goog)-signature=([0-9a-f]{64,512})"#,
            r#"|vault[ _-]?token["'`]?\s*(?:is\s+|[:=]\s*)?["'`]?(s\.[a-z0-9]{24})(?-u:\b)"#,
            r#"|(?-u:\b)([0-9a-f]{32}-us[0-9]{1,2})(?-u:\b)"#,
        ))
        .ok()
    }),
    accept: always,
};
