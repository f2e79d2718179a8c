//! What a comparison with the quarters before says.

use serde::Serialize;

/// Fewest incidents on both sides for a verdict on times.
pub(super) const FEWEST: usize = 10;
/// Level of the tests.
pub(super) const LEVEL: f64 = 0.05;

/// The answer of a comparison; noise is the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Improved,
    Worse,
    /// Cannot be told apart from noise.
    Noise,
    /// Too little to compare.
    Insufficient,
}

impl Verdict {
    /// Of a test: `lower` tells whether the value fell, which is good for times and counts of failures.
    pub(super) fn of(p_value: Option<f64>, lower: bool) -> Self {
        match p_value {
            None => Self::Insufficient,
            Some(p) if p < LEVEL && lower => Self::Improved,
            Some(p) if p < LEVEL => Self::Worse,
            Some(_) => Self::Noise,
        }
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Worse => "worse",
            Self::Noise => "noise",
            Self::Insufficient => "insufficient",
        }
    }

    /// As it is said to a reader.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Improved => "improved",
            Self::Worse => "worse",
            Self::Noise => "cannot be told apart from noise",
            Self::Insufficient => "too few to compare",
        }
    }
}
