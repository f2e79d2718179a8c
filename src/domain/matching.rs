//! A past incident that resembles the one at hand, with what the resemblance rests on.

use serde::{Deserialize, Serialize};

use super::ActionItem;

/// What the calibrated score says; a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchVerdict {
    LikelyRepeat,
    Related,
    None,
}

/// What two incidents have in common.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shared {
    /// Rare terms of both, most telling first.
    pub terms: Vec<String>,
    pub services: Vec<String>,
    /// Pairs of lines: one of the query, one of the match.
    pub quotes: Vec<(String, String)>,
}

/// One past incident, ranked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Match {
    pub id: String,
    pub title: String,
    /// Raw score of the lexical fusion, comparable within one query only.
    pub score: f64,
    /// Calibrated probability that a person would call it a repeat, 0 to 1.
    pub probability: f64,
    pub verdict: MatchVerdict,
    /// How much it stands out among what resembles the query, in units of the history; 0 for one of many.
    #[serde(default)]
    pub likeness: f64,
    pub shared: Shared,
    /// Whole days between the two starts; `None` when a date is missing.
    pub days_since: Option<i64>,
    pub open_actions: Vec<ActionItem>,
}
