//! The table of measured drafts.

use crate::app::{DraftScore, Strategy};
use crate::cli::table::aligned;
use crate::drafting::Share;

const HEADER: [&str; 15] = [
    "case",
    "strategy",
    "supported",
    "cited",
    "times",
    "events",
    "factors",
    "actions",
    "gaps",
    "conflicts",
    "blame",
    "questions",
    "calls",
    "tokens in",
    "out",
];

/// One row for each draft; `k/n` is how many of how many.
#[must_use]
pub fn text(scores: &[DraftScore]) -> String {
    let rows: Vec<Vec<String>> = scores.iter().map(row).collect();
    aligned(&HEADER, &rows)
}

fn row(score: &DraftScore) -> Vec<String> {
    let of = |share: Share| format!("{}/{}", share.right, share.of);
    let measure = &score.measure;
    let strategy = match score.strategy {
        Strategy::Offline => "offline",
        Strategy::SinglePrompt => "single-prompt",
        Strategy::Whole => "whole",
        Strategy::Apart => "apart",
        Strategy::MapReduce => "map-reduce",
    };
    let mut row = vec![score.case.clone(), strategy.to_owned()];
    row.extend(
        [
            measure.supported,
            measure.cited,
            measure.times,
            measure.key_events,
            measure.factors,
            measure.actions,
            measure.gaps,
            measure.conflicts,
        ]
        .map(of),
    );
    let counts = [score.blame as u64, measure.open_questions as u64, score.usage.calls + score.usage.cached];
    row.extend(counts.map(|count| count.to_string()));
    row.extend([score.usage.prompt_tokens, score.usage.completion_tokens].map(|count| count.to_string()));
    row
}
