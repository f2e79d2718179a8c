//! From how far a match stands out to the probability that a person would call the pair a repeat.
//!
//! A universal threshold on a cosine means nothing: histories differ in size, length and boilerplate. What is measured is how
//! far a match stands above the incident's usual neighbours, in units of the history's own spread ([`super::standout`]);
//! repeats that documents name and decisions of people move the curve (Platt 1999, with the start as prior).
//! The figures of the start and how they were found: `evals/memory/README.md`.

use crate::domain::MatchVerdict;

/// Probability from which a match is called a likely repeat.
pub const LIKELY: f64 = 0.5;
/// Probability from which a match is worth a look; below, the tool abstains.
pub const RELATED: f64 = 0.2;

/// Likeness at even odds in a history of [`REFERENCE`] incidents.
const MIDPOINT: f64 = 1.5;
/// Incidents of the history that the midpoint was measured on.
const REFERENCE: f64 = 32.0;
/// What a history e times as large adds to the midpoint: the best of many strangers looks more alike than the best of few.
const BY_SIZE: f64 = 0.25;
/// Steepness in likeness.
const SLOPE: f64 = 1.9;
/// Spread where the history is too small to tell.
const SPREAD: f64 = 0.055;
/// The least spread that is believed, so that copies of one text do not make everything else stand out.
const LEAST_SPREAD: f64 = 0.01;
/// Fewer sampled incidents than these say nothing.
const MIN_BACKGROUND: usize = 20;
/// Decisions from which the steepness is learnt too.
const MANY_DECISIONS: usize = 50;
/// How far decisions may pull before they are many: standard deviation of the midpoint's prior.
const MIDPOINT_SD: f64 = 0.35;
/// The same for the steepness, in logarithms.
const SLOPE_SD: f64 = 0.5;

/// A logistic curve over the likeness of two incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    pub midpoint: f64,
    pub slope: f64,
    /// Unit of standing out.
    pub spread: f64,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { midpoint: MIDPOINT, slope: SLOPE, spread: SPREAD }
    }
}

impl Calibration {
    /// The starting point for a history of `incidents`: `spreads` are those of sampled incidents.
    #[must_use]
    pub fn from_background(spreads: &[f32], incidents: usize) -> Self {
        let midpoint = MIDPOINT + BY_SIZE * (incidents.max(MIN_BACKGROUND) as f64 / REFERENCE).ln();
        let spread = typical(spreads).map_or(SPREAD, f64::from).max(LEAST_SPREAD);
        Self { midpoint, spread, ..Self::default() }
    }

    /// How much a match stands out, on a scale that is the same for all histories: 0 for one that does not.
    #[must_use]
    pub fn likeness(&self, standout: f64) -> f64 {
        (standout.max(0.0) / self.spread).ln_1p()
    }

    /// Moves the curve towards decisions: pairs of likeness and whether a person called it a repeat.
    ///
    /// Maximum a posteriori under normal priors around `self`, by gradient steps of fixed number, so the result depends
    /// on nothing but the decisions.
    #[must_use]
    pub fn fit(self, decisions: &[(f64, bool)]) -> Self {
        if decisions.is_empty() {
            return self;
        }
        let learns_slope = decisions.len() >= MANY_DECISIONS;
        let sd = if learns_slope { MIDPOINT_SD * 3.0 } else { MIDPOINT_SD };
        let (mut midpoint, mut log_slope) = (self.midpoint, self.slope.ln());
        for _ in 0..500 {
            let slope = log_slope.exp();
            let mut by_midpoint = -(midpoint - self.midpoint) / (sd * sd);
            let mut by_slope = -(log_slope - self.slope.ln()) / (SLOPE_SD * SLOPE_SD);
            for &(likeness, same) in decisions {
                let error = f64::from(u8::from(same)) - logistic(slope * (likeness - midpoint));
                by_midpoint -= error * slope;
                by_slope += error * slope * (likeness - midpoint);
            }
            // Curvature bounds make the steps safe without a line search.
            let count = decisions.len() as f64;
            midpoint += by_midpoint / (1.0 / (sd * sd) + count * slope * slope / 4.0);
            if learns_slope {
                log_slope += by_slope / (1.0 / (SLOPE_SD * SLOPE_SD) + count * slope * slope);
            }
        }
        let slope = if learns_slope { log_slope.exp() } else { self.slope };
        Self { midpoint: midpoint.clamp(0.1, 5.0), slope, ..self }
    }

    /// Probability of a repeat, 0 to 1.
    #[must_use]
    pub fn probability(&self, standout: f64) -> f64 {
        logistic(self.slope * (self.likeness(standout) - self.midpoint))
    }
}

/// The median of sampled spreads, `None` for too few of them.
pub(super) fn typical(spreads: &[f32]) -> Option<f32> {
    let mut sorted = spreads.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    (sorted.len() >= MIN_BACKGROUND).then(|| sorted[sorted.len() / 2])
}

/// What a probability is called.
#[must_use]
pub fn verdict(probability: f64) -> MatchVerdict {
    if probability >= LIKELY {
        MatchVerdict::LikelyRepeat
    } else if probability >= RELATED {
        MatchVerdict::Related
    } else {
        MatchVerdict::None
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_rises_with_the_spread_and_the_size_of_a_history() {
        let start = Calibration::from_background(&[], 32);
        assert_eq!(verdict(start.probability(0.25)), MatchVerdict::LikelyRepeat);
        assert_eq!(verdict(start.probability(0.12)), MatchVerdict::Related);
        assert_eq!(verdict(start.probability(0.0)), MatchVerdict::None);
        let noisy = Calibration::from_background(&[0.3; 40], 32);
        assert!(noisy.probability(0.25) < RELATED);
        assert!(Calibration::from_background(&[], 10_000).probability(0.25) < start.probability(0.25));
    }

    #[test]
    fn decisions_move_the_bar_and_many_teach_the_steepness() {
        let start = Calibration::default();
        let accepted = start.fit(&[(0.9, true), (0.8, true), (1.0, true)]);
        assert!(accepted.midpoint < start.midpoint && accepted.slope == start.slope);
        let rejected = start.fit(&[(2.5, false), (2.0, false)]);
        assert!(rejected.midpoint > start.midpoint);
        let many: Vec<(f64, bool)> = (0..100).map(|n| (f64::from(n) / 25.0, n >= 50)).collect();
        let fitted = start.fit(&many);
        assert!((fitted.midpoint - 2.0).abs() < 0.2 && fitted.slope > start.slope, "{fitted:?}");
    }
}
