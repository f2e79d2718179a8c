//! Counts: Garwood's interval and the exact comparison of two rates.

use super::binomial::binomial_test;
use super::special::gamma_p;

/// Exact 95 % interval of a Poisson mean after `k` events (Garwood 1936): the gamma quantiles at 2.5 % with shape `k`
/// and at 97.5 % with shape `k + 1`.
#[must_use]
pub fn garwood(k: u64) -> (f64, f64) {
    let low = if k == 0 { 0.0 } else { gamma_quantile(0.025, k as f64) };
    (low, gamma_quantile(0.975, k as f64 + 1.0))
}

/// x with P(shape, x) = `probability`, by bisection to the last bit.
fn gamma_quantile(probability: f64, shape: f64) -> f64 {
    let (mut low, mut high) = (0.0, shape + 10.0);
    while gamma_p(shape, high) < probability {
        high *= 2.0;
    }
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if gamma_p(shape, middle) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// Two-sided exact p-value that two Poisson rates are equal: given the total, `k` is binomial with the share of the
/// exposure (Przyborowski and Wilenski 1940). 1 when nothing happened or an exposure is empty.
#[must_use]
pub fn rate_test(k: u64, exposure: f64, other: u64, other_exposure: f64) -> f64 {
    if k + other == 0 || exposure <= 0.0 || other_exposure <= 0.0 {
        return 1.0;
    }
    binomial_test(k, k + other, exposure / (exposure + other_exposure))
}
