//! `[review]` in `unblame.toml`: who has to approve a postmortem.

use serde::Deserialize;

/// Rules of the house for reviews.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewSettings {
    /// People or teams that have to stand under `approved_by` before a postmortem is final.
    pub reviewers: Vec<String>,
}
