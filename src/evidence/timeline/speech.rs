//! Gives what people wrote its role and kind.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, Role};
use crate::evidence::pattern;
use crate::evidence::roles::Roles;

use super::fact::Fact;

static ESCALATES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:escalat(?:e|ing|ed) (?:this )?to|escalating|paging (?:the|in|@|\w+)|paged (?:the|\w+))\b"));
static DECLARES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:this is an? (?:sev|p)[- ]?\d|declar(?:e|ing|ed) (?:an? )?(?:incident|sev|major)|i(?:'?m| am| take)? ?(?:the )?incident command(?:er)?|opening (?:an )?incident)\b")
});
static TELLS_OUTSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:status ?page|^update\b|update:|update \d+|next update|customers? (?:have been|were) (?:told|informed)|stakeholder)\b")
});

/// Roles for all human lines, and for messages the kind that follows from the role.
pub(super) fn read(facts: &mut [Fact], roles: &Roles) {
    for fact in facts.iter_mut().filter(|fact| fact.is_human()) {
        let notice = fact.labels.get("subtype").is_some_and(|subtype| subtype.starts_with("channel_") || subtype == "tombstone");
        let (role, _) = if notice { (Role::Noise, 1.0) } else { roles.of(&fact.text, false) };
        fact.role = Some(role);
        if fact.kind == EventKind::Message {
            fact.kind = kind(role, &fact.text, notice);
        }
    }
}

fn kind(role: Role, text: &str, notice: bool) -> EventKind {
    if notice || role == Role::Noise {
        return EventKind::Message;
    }
    if DECLARES.is_match(text) {
        return EventKind::Declared;
    }
    if ESCALATES.is_match(text) && !text.trim_end().ends_with('?') {
        return EventKind::Escalation;
    }
    match role {
        Role::Detection | Role::Diagnosis | Role::Mitigation => EventKind::Observation,
        Role::Hypothesis => EventKind::Hypothesis,
        Role::Decision => EventKind::Decision,
        Role::Action => EventKind::Action,
        Role::Resolution => EventKind::Resolved,
        Role::Communication if TELLS_OUTSIDE.is_match(text) => EventKind::StatusUpdate,
        Role::Communication | Role::Noise => EventKind::Message,
    }
}
