//! Measures of timelines, matching and grouping as tables.

use crate::app::PatternScores;
use crate::cli::table::aligned;
use crate::evidence::timeline::{Measure, Pooled};
use crate::memory::evaluate::{FlagRow, RankingScores};

const PARTS: [&str; 7] = ["case", "phases", "events", "recall", "shown", "kept", "precision"];

/// One row for each case, and the sums where there are several.
#[must_use]
pub fn timelines(measures: &[Measure]) -> String {
    let one = |measure: &Measure| part(&measure.case, &Pooled::of(std::slice::from_ref(measure)));
    let mut rows: Vec<Vec<String>> = measures.iter().map(one).collect();
    if measures.len() > 1 {
        rows.push(part("all", &Pooled::of(measures)));
    }
    aligned(&PARTS, &rows)
}

/// The sums alone.
#[must_use]
pub fn pooled(sums: &Pooled) -> String {
    aligned(&PARTS, &[part(&format!("{} cases", sums.cases), sums)])
}

fn part(name: &str, sums: &Pooled) -> Vec<String> {
    vec![
        name.to_owned(),
        format!("{}/{}", sums.phases_right, sums.phases_asked),
        format!("{}/{}", sums.recalled, sums.key_facts),
        format!("{:.2}", sums.recall),
        sums.shown.to_string(),
        sums.kept.to_string(),
        format!("{:.2}", sums.precision),
    ]
}

/// Ranking, then what flagging from each probability on would do.
#[must_use]
pub fn ranking(scores: &RankingScores) -> String {
    let head = aligned(
        &["queries", "R@1", "R@5", "R@10", "MAP", "recall at precision .8"],
        &[vec![
            scores.queries.to_string(),
            format!("{:.3}", scores.recall_at_1),
            format!("{:.3}", scores.recall_at_5),
            format!("{:.3}", scores.recall_at_10),
            format!("{:.3}", scores.map),
            format!("{:.3}", scores.recall_at_precision_80),
        ]],
    );
    let rows: Vec<Vec<String>> = scores.flags.iter().map(flags).collect();
    format!("{head}\n{}", aligned(&["from", "flagged", "right", "precision", "recall"], &rows))
}

fn flags(row: &FlagRow) -> Vec<String> {
    vec![
        format!("{:.1}", row.threshold),
        row.flagged.to_string(),
        row.right.to_string(),
        row.precision.map_or_else(|| "-".to_owned(), |precision| format!("{precision:.2}")),
        format!("{:.2}", row.recall),
    ]
}

/// How well the groups of one view agree with the labels.
#[must_use]
pub fn grouping(scores: &PatternScores) -> String {
    let agreement = &scores.agreement;
    aligned(
        &["incidents", "groups", "in none", "ARI", "AMI", "V"],
        &[vec![
            agreement.items.to_string(),
            scores.groups.to_string(),
            scores.unclustered.to_string(),
            format!("{:.3}", agreement.ari),
            format!("{:.3}", agreement.ami),
            format!("{:.3}", agreement.v_measure),
        ]],
    )
}
