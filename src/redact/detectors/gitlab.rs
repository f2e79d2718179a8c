//! GitLab tokens: personal, deploy, runner, job, feed and trigger.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Rule, always};
use crate::redact::{Kind, Reach};

pub(super) static ENTRY: Rule = Rule {
    id: "gitlab-token",
    kind: Kind::Secret,
    about: "GitLab tokens (glpat-, gldt-, glrt-, glcbt-, glptt-, GR1348941…)",
    trigger: r"gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct)-|GR1348941",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(r"(?-u:\b)(?:gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_.-]{16,255}[A-Za-z0-9_]|GR1348941[A-Za-z0-9_-]{16,40})").ok()
    }),
    accept: always,
};
