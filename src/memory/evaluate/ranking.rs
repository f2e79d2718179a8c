//! Ranking measures over a time-ordered history: recall at k, mean average precision, recall at a given precision.

use serde::Serialize;

/// Precision at which the recall of flags is reported.
const AT_PRECISION: f64 = 0.8;
/// Probabilities for which flags are counted.
const THRESHOLDS: [f64; 8] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

/// What was found for one query that has at least one earlier relative.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// For each result in order: whether it is a relative.
    pub hits: Vec<bool>,
    /// Relatives there are to find.
    pub relevant: usize,
    /// Probability of the best result; every incident with results takes part in flagging, relatives or not.
    pub confidence: Option<f64>,
}

/// What happens when incidents are flagged from a probability on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct FlagRow {
    pub threshold: f64,
    pub flagged: usize,
    /// Flags whose first result is a relative.
    pub right: usize,
    /// Share of the flags that are right; `None` without flags.
    pub precision: Option<f64>,
    /// Share of the queries with a relative that are flagged rightly.
    pub recall: f64,
}

/// Means over all queries with something to find.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RankingScores {
    /// Queries with at least one earlier relative.
    pub queries: usize,
    /// Share of queries with a relative among the first 1, 5, 10.
    pub recall_at_1: f64,
    pub recall_at_5: f64,
    pub recall_at_10: f64,
    /// Mean average precision.
    pub map: f64,
    /// Best share of queries whose first result is a relative, over all thresholds of confidence whose flags are right in
    /// at least four of five.
    pub recall_at_precision_80: f64,
    /// The lowest such threshold; `None` when no threshold is precise enough.
    pub threshold_at_precision_80: Option<f64>,
    /// By rising threshold.
    pub flags: Vec<FlagRow>,
}

/// Scores rankings; those without relatives count as false flags only.
#[must_use]
pub fn score_rankings(rankings: &[Ranking]) -> RankingScores {
    let with_relatives: Vec<&Ranking> = rankings.iter().filter(|ranking| ranking.relevant > 0).collect();
    let queries = with_relatives.len();
    let mean = |value: &dyn Fn(&Ranking) -> f64| {
        if queries == 0 {
            0.0
        } else {
            with_relatives.iter().map(|one| value(one)).sum::<f64>() / queries as f64
        }
    };
    let within = |k: usize| move |one: &Ranking| f64::from(u8::from(one.hits.iter().take(k).any(|&hit| hit)));
    let (recall, threshold) = recall_at_precision(rankings, queries);
    RankingScores {
        queries,
        recall_at_1: mean(&within(1)),
        recall_at_5: mean(&within(5)),
        recall_at_10: mean(&within(10)),
        map: mean(&average_precision),
        recall_at_precision_80: recall,
        threshold_at_precision_80: threshold,
        flags: THRESHOLDS.iter().map(|&threshold| flag_row(rankings, threshold, queries)).collect(),
    }
}

fn average_precision(ranking: &Ranking) -> f64 {
    let mut found = 0.0;
    let mut sum = 0.0;
    for (at, _) in ranking.hits.iter().enumerate().filter(|&(_, &hit)| hit) {
        found += 1.0;
        sum += found / (at as f64 + 1.0);
    }
    sum / ranking.relevant as f64
}

fn flag_row(rankings: &[Ranking], threshold: f64, queries: usize) -> FlagRow {
    let flags = || rankings.iter().filter(|one| one.confidence.is_some_and(|shown| shown >= threshold));
    let flagged = flags().count();
    let right = flags().filter(|one| one.hits.first() == Some(&true)).count();
    FlagRow {
        threshold,
        flagged,
        right,
        precision: (flagged > 0).then(|| right as f64 / flagged as f64),
        recall: right as f64 / queries.max(1) as f64,
    }
}

fn recall_at_precision(rankings: &[Ranking], queries: usize) -> (f64, Option<f64>) {
    let mut flags: Vec<(f64, bool)> = rankings
        .iter()
        .filter_map(|one| Some((one.confidence?, one.hits.first().copied().unwrap_or_default())))
        .collect();
    flags.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut best) = (0.0, (0.0, None));
    for (at, &(confidence, hit)) in flags.iter().enumerate() {
        right += f64::from(u8::from(hit));
        let last_of_its_value = flags.get(at + 1).is_none_or(|next| next.0 < confidence);
        if last_of_its_value && right / (at as f64 + 1.0) >= AT_PRECISION {
            best = (right / queries.max(1) as f64, Some(confidence));
        }
    }
    best
}

/// Group of each item, from links between positions: linked items, directly or over others, share a number.
#[must_use]
pub fn duplicate_groups(count: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..count).collect();
    for &(a, b) in links {
        let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
        if from != to {
            group.iter_mut().filter(|of| **of == from).for_each(|of| *of = to);
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_follow_their_definitions() {
        let one = |hits: &[bool], relevant, confidence| Ranking { hits: hits.to_vec(), relevant, confidence };
        let scores = score_rankings(&[
            one(&[true, false, true], 2, Some(0.9)),
            one(&[false, true], 1, Some(0.4)),
            one(&[false], 0, Some(0.3)),
        ]);
        assert_eq!(scores.queries, 2);
        assert_eq!((scores.recall_at_1, scores.recall_at_5), (0.5, 1.0));
        assert!((scores.map - ((1.0 + 2.0 / 3.0) / 2.0 + 0.5) / 2.0).abs() < 1e-12);
        assert_eq!((scores.recall_at_precision_80, scores.threshold_at_precision_80), (0.5, Some(0.9)));
    }

    #[test]
    fn links_join_groups() {
        assert_eq!(duplicate_groups(5, &[(0, 1), (3, 4), (1, 4)]), [0, 0, 2, 0, 0]);
    }
}
