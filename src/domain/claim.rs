//! One sentence of a draft with its evidence and what checking it found.

use serde::{Deserialize, Serialize};

use super::EventId;

/// What a sentence asserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    Fact,
    Hypothesis,
    Question,
}

/// Whether the cited evidence carries the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Supported,
    Unverified,
}

/// One sentence of a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Heading of the section it stands in.
    pub section: String,
    /// The sentence without its footnote marks.
    pub text: String,
    pub kind: ClaimKind,
    pub evidence: Vec<EventId>,
    pub verdict: Verdict,
    /// Why it is unverified, or what it rests on when that is not obvious.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
