//! Measures: how well matches are ranked and flagged, how well groups agree with known labels.

mod clustering;
mod ranking;

pub use clustering::{Agreement, agreement};
pub use ranking::{FlagRow, Ranking, RankingScores, duplicate_groups, score_rankings};
