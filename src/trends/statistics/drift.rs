//! Slow change of a count over many quarters: a u-chart and a CUSUM.

/// Fewest quarters that say anything about drift.
const FEWEST: usize = 8;
/// The latest counts, which are judged against those before them.
const JUDGED: usize = 4;
/// Slack and decision limit of the CUSUM in standard deviations (Montgomery, Statistical Quality Control, 9.1).
const SLACK: f64 = 0.5;
const LIMIT: f64 = 5.0;

/// What the control charts say of a series of counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// Events a day before the latest four counts.
    pub mean_per_day: f64,
    /// Lower and upper three-sigma limits of each count (u-chart: ū ± 3·√(ū/d), times d days).
    pub limits: Vec<(f64, f64)>,
    /// Positions outside their limits.
    pub outside: Vec<usize>,
    /// Cumulative sums above and below the mean after each count.
    pub high: Vec<f64>,
    pub low: Vec<f64>,
    /// First position at which a sum passes the limit, and whether it rises.
    pub signal: Option<(usize, bool)>,
}

/// Control charts of counts with their exposures in days; `None` below eight counts or when nothing happened in the
/// baseline, which is all but the latest four counts. The CUSUM runs on 2·(√x − √μ), which has nearly unit variance for Poisson counts (Anscombe 1948).
#[must_use]
pub fn count_drift(counts: &[(u64, f64)]) -> Option<Drift> {
    if counts.len() < FEWEST {
        return None;
    }
    let baseline = &counts[..counts.len() - JUDGED];
    let total: u64 = baseline.iter().map(|(count, _)| count).sum();
    let days: f64 = baseline.iter().map(|(_, days)| days).sum();
    if total == 0 {
        return None;
    }
    let mean_per_day = total as f64 / days;
    let limits: Vec<(f64, f64)> = counts
        .iter()
        .map(|(_, days)| {
            let expected = mean_per_day * days;
            ((expected - 3.0 * expected.sqrt()).max(0.0), expected + 3.0 * expected.sqrt())
        })
        .collect();
    let beyond = |at: usize| {
        let count = counts[at].0 as f64;
        count < limits[at].0 || count > limits[at].1
    };
    let outside = (0..counts.len()).filter(|&at| beyond(at)).collect();
    let (mut high, mut low) = (Vec::new(), Vec::new());
    let (mut up, mut down): (f64, f64) = (0.0, 0.0);
    let mut signal = None;
    for (at, (count, days)) in counts.iter().enumerate() {
        let z = 2.0 * ((*count as f64).sqrt() - (mean_per_day * days).sqrt());
        up = (up + z - SLACK).max(0.0);
        down = (down - z - SLACK).max(0.0);
        high.push(up);
        low.push(down);
        if signal.is_none() && up.max(down) > LIMIT {
            signal = Some((at, up > down));
        }
    }
    Some(Drift { mean_per_day, limits, outside, high, low, signal })
}
