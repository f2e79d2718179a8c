//! Shares: Wilson's interval and the exact binomial test.

use super::special::ln_choose;

/// 97.5 % quantile of the standard normal.
const Z: f64 = 1.959_963_984_540_054;

/// 95 % score interval of a share of `k` in `n` (Wilson 1927); `None` for an empty sample.
#[must_use]
pub fn wilson(k: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let (count, share) = (n as f64, k as f64 / n as f64);
    let scale = 1.0 + Z * Z / count;
    let centre = (share + Z * Z / (2.0 * count)) / scale;
    let half = Z / scale * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    let low = if k == 0 { 0.0 } else { centre - half };
    let high = if k == n { 1.0 } else { centre + half };
    Some((low, high))
}

/// Probability of `k` successes in `n` trials.
pub(super) fn binomial_pmf(k: u64, n: u64, share: f64) -> f64 {
    if share <= 0.0 || share >= 1.0 {
        let sure = if share <= 0.0 { 0 } else { n };
        return if k == sure { 1.0 } else { 0.0 };
    }
    (ln_choose(n, k) + k as f64 * share.ln() + (n - k) as f64 * (-share).ln_1p()).exp()
}

/// Two-sided exact p-value of `k` successes in `n` trials with probability `share`: the total probability of all
/// outcomes that are no likelier than `k` (Clopper and Pearson 1934; the rule of SciPy's `binomtest` and R's
/// `binom.test`, with their tolerance for ties).
#[must_use]
pub fn binomial_test(k: u64, n: u64, share: f64) -> f64 {
    let limit = binomial_pmf(k, n, share) * (1.0 + 1e-7);
    (0..=n).map(|i| binomial_pmf(i, n, share)).filter(|&p| p <= limit).sum::<f64>().min(1.0)
}
