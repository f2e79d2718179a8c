//! What a person said of a match.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The person's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionVerdict {
    /// A repeat: the same failure again.
    Same,
    /// Related, but not a repeat.
    Related,
    Different,
    /// Takes an earlier decision on the pair back.
    Undo,
}

/// One line of `.unblame/decisions.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The later incident.
    pub a: String,
    /// The earlier incident.
    pub b: String,
    pub verdict: DecisionVerdict,
    pub by: String,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Probability shown when the person decided: from this the precision of the flags is computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// How much the pair stood out when the person decided, in units of the history: calibration learns from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likeness: Option<f64>,
}
