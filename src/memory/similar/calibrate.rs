//! From a cosine to the probability that a person would call the pair a repeat.
//!
//! A universal threshold means nothing: histories differ in size and boilerplate. The starting point is the history's own
//! background, the cosine of each incident's nearest neighbour; decisions move it (Platt 1999, with the background as prior).

use crate::domain::MatchVerdict;

/// Probability from which a match is called a likely repeat.
pub const LIKELY: f64 = 0.5;
/// Probability from which a match is worth a look; below, the tool abstains.
pub const RELATED: f64 = 0.2;

/// Cosine at which a pair is as likely as not a repeat where nothing else is known.
const MIDPOINT: f64 = 0.5;
/// Bounds of the midpoint that a background may set.
const MIDPOINT_RANGE: (f64, f64) = (0.3, 0.9);
/// Steepness that makes .15 of cosine the way from even odds to one in five.
const SLOPE: f64 = 9.24;
/// Share of incidents whose nearest neighbour is taken to be no repeat.
const BACKGROUND_QUANTILE: f64 = 0.9;
/// Fewer background pairs than these say nothing.
const MIN_BACKGROUND: usize = 20;
/// Decisions from which the steepness is learnt too.
const MANY_DECISIONS: usize = 50;
/// How far decisions may pull before they are many: standard deviation of the midpoint's prior.
const MIDPOINT_SD: f64 = 0.07;
/// The same for the steepness, in logarithms.
const SLOPE_SD: f64 = 0.5;

/// A logistic curve over the cosine of two incidents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    pub midpoint: f64,
    pub slope: f64,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { midpoint: MIDPOINT, slope: SLOPE }
    }
}

impl Calibration {
    /// The starting point: `nearest` holds the cosine of sampled incidents to their nearest neighbours.
    #[must_use]
    pub fn from_background(nearest: &[f32]) -> Self {
        if nearest.len() < MIN_BACKGROUND {
            return Self::default();
        }
        let mut sorted = nearest.to_vec();
        sorted.sort_unstable_by(f32::total_cmp);
        let at = ((sorted.len() - 1) as f64 * BACKGROUND_QUANTILE).round() as usize;
        let midpoint = f64::from(sorted[at]).clamp(MIDPOINT_RANGE.0, MIDPOINT_RANGE.1);
        Self { midpoint, ..Self::default() }
    }

    /// Moves the curve towards decisions: pairs of cosine and whether a person called it a repeat.
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
            for &(cosine, same) in decisions {
                let error = f64::from(u8::from(same)) - logistic(slope * (cosine - midpoint));
                by_midpoint -= error * slope;
                by_slope += error * slope * (cosine - midpoint);
            }
            // Curvature bounds make the steps safe without a line search.
            let count = decisions.len() as f64;
            midpoint += by_midpoint / (1.0 / (sd * sd) + count * slope * slope / 4.0);
            if learns_slope {
                log_slope += by_slope / (1.0 / (SLOPE_SD * SLOPE_SD) + count * slope * slope / 16.0);
            }
        }
        let slope = if learns_slope { log_slope.exp() } else { self.slope };
        Self { midpoint: midpoint.clamp(0.05, 0.98), slope }
    }

    /// Probability of a repeat, 0 to 1.
    #[must_use]
    pub fn probability(&self, cosine: f64) -> f64 {
        logistic(self.slope * (cosine - self.midpoint))
    }
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
    fn without_knowledge_the_measured_thresholds_hold() {
        let start = Calibration::from_background(&[]);
        assert_eq!(verdict(start.probability(0.51)), MatchVerdict::LikelyRepeat);
        assert_eq!(verdict(start.probability(0.36)), MatchVerdict::Related);
        assert_eq!(verdict(start.probability(0.30)), MatchVerdict::None);
    }

    #[test]
    fn boilerplate_raises_the_bar_and_decisions_move_it() {
        let boilerplate = Calibration::from_background(&[0.8; 40]);
        assert!(boilerplate.probability(0.6) < RELATED);
        let start = Calibration::default();
        let accepted = start.fit(&[(0.3, true), (0.28, true), (0.33, true)]);
        assert!(accepted.midpoint < start.midpoint && accepted.slope == start.slope);
        let rejected = start.fit(&[(0.6, false), (0.7, false)]);
        assert!(rejected.midpoint > start.midpoint);
        let many: Vec<(f64, bool)> = (0..100).map(|n| (f64::from(n) / 100.0, n >= 30)).collect();
        assert!((start.fit(&many).midpoint - 0.3).abs() < 0.06, "{:?}", start.fit(&many));
    }
}
