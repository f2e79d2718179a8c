//! Medians, their exact intervals and upper quantiles of small samples.

use super::binomial::binomial_pmf;

/// Arithmetic mean; `None` for an empty sample.
#[must_use]
pub fn mean(sample: &[f64]) -> Option<f64> {
    (!sample.is_empty()).then(|| sample.iter().sum::<f64>() / sample.len() as f64)
}

/// Median of a sample in any order; `None` when it is empty.
#[must_use]
pub fn median(sample: &[f64]) -> Option<f64> {
    quantile(sample, 0.5)
}

/// Quantile by linear interpolation between order statistics at (n − 1)·`share`: type 7 of Hyndman and Fan 1996, the
/// default of NumPy and R.
#[must_use]
pub fn quantile(sample: &[f64], share: f64) -> Option<f64> {
    let sorted = sorted(sample);
    let position = sorted.len().checked_sub(1)? as f64 * share;
    let below = position.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    Some(sorted[below] + (position - below as f64) * (sorted[above] - sorted[below]))
}

/// Exact 95 % interval of the median: the order statistics X(l) and X(n + 1 − l) with the largest l for which
/// P(Bin(n, ½) < l) ≤ 2.5 % (Conover, Practical Nonparametric Statistics, 3.2; SciPy's `quantile_test`). It covers
/// at least 95 % whatever the distribution; below six values there is none.
#[must_use]
pub fn median_interval(sample: &[f64]) -> Option<(f64, f64)> {
    let n = sample.len();
    let mut rank = 0;
    let mut below = 0.0;
    while rank < n / 2 {
        below += binomial_pmf(rank as u64, n as u64, 0.5);
        if below > 0.025 {
            break;
        }
        rank += 1;
    }
    let sorted = sorted(sample);
    (rank > 0).then(|| (sorted[rank - 1], sorted[n - rank]))
}

fn sorted(sample: &[f64]) -> Vec<f64> {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}
