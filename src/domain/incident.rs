//! The incident at hand and the incidents of the past.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ActionItem;

/// What is known of the incident apart from its events: from `incident.toml`, options, or derived.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    pub id: String,
    pub title: String,
    pub severity: Option<String>,
    #[serde(default)]
    pub services: Vec<String>,
    #[serde(default)]
    pub teams: Vec<String>,
    /// IANA zone for times that carry none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<(Timestamp, Timestamp)>,
    /// Role of the response (`commander`, `scribe`, …) to the name of who held it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<String, String>,
    /// Service level objectives as given, name to value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub slo: BTreeMap<String, String>,
}

/// The six categories of contributing factors (the bones of the fishbone).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorCategory {
    People,
    Process,
    Technology,
    Environment,
    Documentation,
    Management,
}

impl FactorCategory {
    pub const ALL: [Self; 6] = [
        Self::People,
        Self::Process,
        Self::Technology,
        Self::Environment,
        Self::Documentation,
        Self::Management,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Process => "process",
            Self::Technology => "technology",
            Self::Environment => "environment",
            Self::Documentation => "documentation",
            Self::Management => "management",
        }
    }
}

/// One incident of the history as matching sees it: text with its fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PastIncident {
    pub id: String,
    pub title: String,
    /// The whole text without front matter.
    pub text: String,
    /// When it started, as far as known; orders the history.
    pub date: Option<Timestamp>,
    #[serde(default)]
    pub services: Vec<String>,
    #[serde(default)]
    pub severity: Option<String>,
    #[serde(default)]
    pub actions: Vec<ActionItem>,
    /// The earlier incident that this one was said to repeat.
    #[serde(default)]
    pub repeat_of: Option<String>,
    /// File it was read from, relative to the history.
    #[serde(default)]
    pub path: String,
    /// Position in its file or folder listing: the time order where dates are absent or equal.
    #[serde(default)]
    pub order: usize,
}
