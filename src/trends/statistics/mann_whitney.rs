//! The Mann–Whitney test: do two samples tend to different values?

use super::special::normal_tail;

/// Largest product of the sample sizes for the exact distribution; beyond it the normal approximation is as good.
const EXACT_PRODUCT: usize = 800_000;

/// Two-sided p-value (Mann and Whitney 1947), as SciPy's `mannwhitneyu` computes it by default: exact when one sample
/// has at most eight values and there are no ties, else the normal approximation with tie and continuity correction.
/// `None` when a sample is empty or all values are equal.
#[must_use]
pub fn mann_whitney(first: &[f64], second: &[f64]) -> Option<f64> {
    let (n1, n2) = (first.len(), second.len());
    if n1 == 0 || n2 == 0 {
        return None;
    }
    let (rank_sum, tie_term) = ranks(first, second);
    let (m, n) = (n1 as f64, n2 as f64);
    let u = rank_sum - m * (m + 1.0) / 2.0;
    let u = u.max(m * n - u);
    let small = n1.min(n2) <= 8 && n1 * n2 <= EXACT_PRODUCT;
    let p = if small && tie_term == 0.0 {
        upper_tail(n1, n2, u as usize)
    } else {
        let total = m + n;
        let variance = m * n / 12.0 * (total + 1.0 - tie_term / (total * (total - 1.0)));
        if variance <= 0.0 {
            return None;
        }
        normal_tail((u - m * n / 2.0 - 0.5) / variance.sqrt())
    };
    Some((2.0 * p).clamp(0.0, 1.0))
}

/// Sum of the average ranks of `first` in the joined sample, and Σ(t³ − t) over its ties.
fn ranks(first: &[f64], second: &[f64]) -> (f64, f64) {
    let mut joined: Vec<(f64, bool)> =
        first.iter().map(|&x| (x, true)).chain(second.iter().map(|&x| (x, false))).collect();
    joined.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut ties, mut done) = (0.0, 0.0, 0);
    for group in joined.chunk_by(|a, b| a.0 == b.0) {
        let size = group.len() as f64;
        let rank = done as f64 + (size + 1.0) / 2.0;
        sum += rank * group.iter().filter(|(_, of_first)| *of_first).count() as f64;
        ties += size.powi(3) - size;
        done += group.len();
    }
    (sum, ties)
}

/// P(U ≥ u) without ties: the coefficients of the Gaussian binomial ∏(1 − q^(n+i)) / (1 − q^i) count the
/// arrangements (Mann and Whitney 1947, Andrews 1976); integers, so nothing cancels.
fn upper_tail(n1: usize, n2: usize, u: usize) -> f64 {
    let (few, many) = (n1.min(n2), n1.max(n2));
    let length = few * many + 1;
    let mut counts = vec![0_i128; length];
    counts[0] = 1;
    for i in 1..=few {
        for at in (many + i..length).rev() {
            counts[at] -= counts[at - many - i];
        }
        for at in i..length {
            counts[at] += counts[at - i];
        }
    }
    let sum = |part: &[i128]| part.iter().sum::<i128>() as f64;
    sum(&counts[u.min(length)..]) / sum(&counts)
}
