//! The learned half: a multinomial logistic regression, read from a JSON file that is shipped with the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::Role;

use super::ALL;
use super::features::{WIDTH, features};
use super::rules::Votes;

/// Votes from which on the rules are sure.
const PLAIN: f64 = 2.5;
/// What a vote of a sure rule adds to the learned score; chosen by cross-validation on training lines.
const PLAIN_WORTH: f64 = 0.5;

const SHIPPED: &str = include_str!("../../../models/roles.json");

/// Weights of a logistic regression over `features`, one row a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Changes when the features do, so that an old file is refused.
    pub format: u32,
    pub intercepts: Vec<f64>,
    /// Role by role: feature column to weight; absent is zero.
    pub weights: Vec<BTreeMap<usize, f64>>,
}

/// Why a model file cannot be used.
#[derive(Debug, Error)]
pub enum ModelError {
    #[error("the role model is no valid JSON: {0}; train it again with `unblame train roles`")]
    Json(#[from] serde_json::Error),
    #[error(
        "the role model has another format or size than this program; train it again with `unblame train roles`"
    )]
    Shape,
}

impl Model {
    pub(super) const FORMAT: u32 = 2;

    /// Reads a model as JSON.
    ///
    /// # Errors
    /// When it is no JSON or was made for other features.
    pub fn parse(json: &str) -> Result<Self, ModelError> {
        let model: Self = serde_json::from_str(json)?;
        let fits = model.format == Self::FORMAT
            && model.intercepts.len() == ALL.len()
            && model.weights.len() == ALL.len()
            && model.weights.iter().all(|row| row.keys().all(|column| *column < WIDTH))
            && model
                .weights
                .iter()
                .flat_map(BTreeMap::values)
                .chain(&model.intercepts)
                .all(|weight| weight.is_finite());
        if fits { Ok(model) } else { Err(ModelError::Shape) }
    }

    /// The model that comes with the program.
    #[must_use]
    pub fn shipped() -> Option<Self> {
        Self::parse(SHIPPED).ok()
    }
}

/// A model laid out for deciding: the weights of all roles side by side, column by column.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    columns: Vec<[f64; ALL.len()]>,
    intercepts: Vec<f64>,
}

impl Weights {
    pub(super) fn of(model: &Model) -> Self {
        let mut columns = vec![[0.0; ALL.len()]; WIDTH];
        for (role, row) in model.weights.iter().enumerate() {
            for (column, weight) in row {
                columns[*column][role] = *weight;
            }
        }
        Self { columns, intercepts: model.intercepts.clone() }
    }

    /// The likeliest role and its probability.
    pub(super) fn decide(&self, text: &str, bot: bool, votes: &Votes) -> (Role, f64) {
        let mut learned = [0.0; ALL.len()];
        for (column, value) in features(text, bot, votes) {
            for (sum, weight) in learned.iter_mut().zip(&self.columns[column]) {
                *sum += weight * value;
            }
        }
        let scores: Vec<f64> = learned
            .iter()
            .zip(&self.intercepts)
            .zip(votes)
            .map(|((learned, intercept), vote)| {
                let plain = if *vote >= PLAIN { *vote * PLAIN_WORTH } else { 0.0 };
                learned + intercept + plain
            })
            .collect();
        let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = scores.iter().map(|score| (score - highest).exp()).sum();
        let best = scores.iter().position(|score| *score >= highest).unwrap_or(ALL.len() - 1);
        (ALL[best], 1.0 / total)
    }
}
