//! Statistics for small counts: exact where exact is affordable, and each formula with its source.

mod binomial;
mod drift;
mod holm;
mod kaplan_meier;
mod mann_whitney;
mod poisson;
mod quantile;
mod special;

pub use binomial::{binomial_test, wilson};
pub use drift::{Drift, count_drift};
pub use holm::holm;
pub use kaplan_meier::kaplan_meier_median;
pub use mann_whitney::mann_whitney;
pub use poisson::{garwood, rate_test};
pub use quantile::{mean, median, median_interval, quantile};

#[cfg(test)]
mod reference;
