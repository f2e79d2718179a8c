//! Milestones of incident tools: which event a claimed time stands for.

use crate::domain::{EventKind, SourceClass};

use super::entry::Entry;
use super::moment::Moment;

/// Kind of a milestone by its name in any tool.
#[must_use]
pub(crate) fn milestone_kind(name: &str) -> EventKind {
    let name = name.to_lowercase().replace([' ', '-'], "_");
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["resolved", "resolution", "fixed", "closed"]) {
        EventKind::Resolved
    } else if has(&["mitigated", "mitigation"]) {
        EventKind::Action
    } else if has(&["acknowledged", "accepted"]) {
        EventKind::AlertAcknowledged
    } else if has(&["declared", "reported", "opened", "created"]) {
        EventKind::Declared
    } else if has(&["started", "impact", "detected", "identified", "investigating"]) {
        EventKind::Observation
    } else {
        EventKind::StatusUpdate
    }
}

/// The record of a milestone: entered by people, so of the class of memory.
#[must_use]
pub(crate) fn milestone(source: &str, name: &str, title: &str, at: Option<Moment>) -> Entry {
    let words = name.trim_end_matches("_at").replace('_', " ");
    Entry::new(source, SourceClass::Memory, milestone_kind(name), at)
        .text(format!("Milestone {words}: {title}"))
        .label("milestone", Some(words))
        .label("subtype", Some("milestone"))
}
