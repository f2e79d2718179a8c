//! What goes into drafting and what comes out.

use serde::{Deserialize, Serialize};

use crate::document::Postmortem;
use crate::domain::{Claim, Match, Timeline, Warning};

/// Everything a draft is written from.
pub struct DraftInput<'a> {
    pub timeline: &'a Timeline,
    /// Past incidents that resemble this one, best first.
    pub matches: &'a [Match],
    /// Problems met while reading, beyond those of the timeline.
    pub warnings: &'a [Warning],
    /// Name and version of the program, for the front matter.
    pub tool: &'a str,
    /// Says what is wrong with a sentence: ids or messages of lint findings, empty when it is clean.
    pub lint: &'a dyn Fn(&str) -> Vec<String>,
}

/// A generated postmortem with the account of how it was made.
#[derive(Clone, Debug)]
pub struct Draft {
    pub postmortem: Postmortem,
    /// Every cited sentence, in document order.
    pub claims: Vec<Claim>,
    /// Sections that a model was to write and that fell back to the extractive text.
    pub fallbacks: Vec<Fallback>,
    pub usage: Usage,
}

/// A section that kept its extractive text, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fallback {
    pub section: String,
    pub reason: String,
}

/// What the model calls of one draft used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    pub calls: u64,
    pub prompt_tokens: u64,
    pub completion_tokens: u64,
    /// Answers taken from the cache instead of a call.
    pub cached: u64,
    /// Requests that brought no answer; the tokens of those that a server may have worked on are counted as sent.
    #[serde(default, skip_serializing_if = "none")]
    pub failed: u64,
    /// US dollars; `None` when the price of the model is not known.
    pub cost_usd: Option<f64>,
}

fn none(count: &u64) -> bool {
    *count == 0
}
