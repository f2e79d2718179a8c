//! Action items: what will be done, by whom, until when, and how one will see that it works.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an action item is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    Mitigate,
    Prevent,
    Detect,
    Process,
}

impl ActionKind {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mitigate => "mitigate",
            Self::Prevent => "prevent",
            Self::Detect => "detect",
            Self::Process => "process",
        }
    }
}

/// Urgency: P1 this sprint, P2 next sprint, P3 this quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    P1,
    P2,
    P3,
}

/// Where an action item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// Suggested by the tool or in chat, accepted by nobody yet.
    Proposed,
    Open,
    InProgress,
    Done,
    /// Decided against.
    Dropped,
}

impl ActionStatus {
    /// Whether somebody still has to do it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Open | Self::InProgress)
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::InProgress => "in progress",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// One row of the action table, or one item of an action list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionItem {
    pub id: String,
    pub action: String,
    pub kind: Option<ActionKind>,
    pub priority: Option<Priority>,
    pub owner: Option<String>,
    pub due: Option<Date>,
    pub status: ActionStatus,
    /// The day it was closed, where the document says so.
    pub closed: Option<Date>,
    pub tracking: Option<String>,
    pub verification: Option<String>,
    /// Line in its document, from 1; 0 when it was not read from a file.
    #[serde(default)]
    pub line: usize,
}
