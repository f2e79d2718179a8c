//! One thing that happened at one time, and where it was read.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Names an event inside one incident: `E12`, the id that footnotes cite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct EventId(pub u32);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E{}", self.0)
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> Self {
        id.to_string()
    }
}

impl FromStr for EventId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_prefix('E')
            .and_then(|digits| digits.parse().ok())
            .map(EventId)
            .ok_or_else(|| format!("`{text}` is no event id; event ids look like E12"))
    }
}

impl TryFrom<String> for EventId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// What kind of thing happened, independent of the system that told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    AlertFired,
    AlertAcknowledged,
    AlertResolved,
    Deploy,
    ChangeMerged,
    Rollback,
    ConfigChange,
    Escalation,
    Declared,
    Decision,
    Action,
    Observation,
    Hypothesis,
    StatusUpdate,
    Resolved,
    Message,
    Log,
    Metric,
}

impl EventKind {
    /// The name used in JSON and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AlertFired => "alert_fired",
            Self::AlertAcknowledged => "alert_acknowledged",
            Self::AlertResolved => "alert_resolved",
            Self::Deploy => "deploy",
            Self::ChangeMerged => "change_merged",
            Self::Rollback => "rollback",
            Self::ConfigChange => "config_change",
            Self::Escalation => "escalation",
            Self::Declared => "declared",
            Self::Decision => "decision",
            Self::Action => "action",
            Self::Observation => "observation",
            Self::Hypothesis => "hypothesis",
            Self::StatusUpdate => "status_update",
            Self::Resolved => "resolved",
            Self::Message => "message",
            Self::Log => "log",
            Self::Metric => "metric",
        }
    }

    /// Whether the event changes a running system: a deploy, a merge, a rollback or a configuration change.
    #[must_use]
    pub fn is_change(self) -> bool {
        matches!(self, Self::Deploy | Self::ChangeMerged | Self::Rollback | Self::ConfigChange)
    }
}

/// What a line of chat does in the handling of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Detection,
    Diagnosis,
    Hypothesis,
    Decision,
    Action,
    Mitigation,
    Resolution,
    Communication,
    Noise,
}

/// How far a time can be trusted: the smallest unit its source wrote down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Day,
    Minute,
    Second,
}

/// Kinds of source in their order of trust, most trusted first: automated logs and metrics, chat, alerting records,
/// deploy records, human memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceClass {
    Automated,
    Chat,
    Alerting,
    Deploy,
    Memory,
}

/// Where an event was read: a file, the place in it, and the address of the original if it is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Path relative to the incident folder, with `/`; members of a zip are written `archive.zip/member`.
    pub file: String,
    /// Line for text (from 1), index of the record for JSON arrays (from 1).
    pub line: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One thing that happened at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    /// When it happened, UTC; of a collapsed group the first time.
    pub at: Timestamp,
    /// The last time of a collapsed group or a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    pub precision: Precision,
    /// The system that told it: `slack`, `pagerduty`, `kubernetes`, …
    pub source: String,
    pub class: SourceClass,
    pub kind: EventKind,
    /// What a line of chat does; `None` for machine records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Canonical name of the person or machine that acted.
    pub actor: Option<String>,
    /// Whether the actor is a machine.
    #[serde(default)]
    pub bot: bool,
    /// Plain text, mark-up resolved, as it was said; not redacted.
    pub text: String,
    /// How many records were collapsed into this one, at least 1.
    pub count: u32,
    /// Whether the draft's timeline shows it.
    pub key: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    pub origin: Origin,
    /// Further places that tell the same fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Origin>,
    /// Stable content id (16 hex digits): equal for the same record in two runs, whatever was added beside it.
    pub fingerprint: String,
}
