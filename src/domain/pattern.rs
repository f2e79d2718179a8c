//! A group of incidents that share a failure mode or a component.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The ways of grouping; they are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PatternView {
    FailureMode,
    Component,
    Repeats,
}

/// How a pattern's rate develops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatternState {
    New,
    Growing,
    Steady,
    Fading,
}

/// A group of incidents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// Persists when incidents are added.
    pub id: String,
    pub label: String,
    pub terms: Vec<String>,
    /// Incident ids, in time order.
    pub members: Vec<String>,
    /// The member that stands for the others.
    pub medoid: String,
    /// Bootstrap Jaccard, 0 to 1 (Hennig 2007); `None` where the group does not come from clustering.
    pub stability: Option<f64>,
    pub state: PatternState,
    pub first: Option<Timestamp>,
    pub last: Option<Timestamp>,
}

/// One view over a history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Patterns {
    pub view: PatternView,
    pub patterns: Vec<Pattern>,
    /// Incidents that belong to no group.
    pub unclustered: Vec<String>,
}
