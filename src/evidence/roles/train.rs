//! Trains the model on labelled lines; the held-out part is chosen by hash and never trained on.

use std::collections::BTreeMap;

use linfa::prelude::{Dataset, Fit};
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2};
use serde::Deserialize;
use thiserror::Error;

use crate::domain::Role;

use super::features::{VOTES, WIDTH, features};
use super::rules::{column, votes};
use super::{ALL, Model};

/// One line of `evals/roles/lines.jsonl`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct LabelledLine {
    pub id: String,
    pub text: String,
    pub role: Role,
    /// `bot` or `person`.
    #[serde(default)]
    pub actor: String,
}

impl LabelledLine {
    #[must_use]
    pub fn is_bot(&self) -> bool {
        self.actor == "bot"
    }
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Train,
    HeldOut,
}

/// Why training failed.
#[derive(Debug, Error)]
pub enum TrainError {
    #[error("line {line} is no labelled line: {error}; expected {{\"id\", \"text\", \"role\", \"actor\"}}")]
    Line { line: usize, error: serde_json::Error },
    #[error("only {0} lines to train on; at least 100 are needed")]
    TooFew(usize),
    #[error("the regression did not converge: {0}")]
    Fit(String),
}

/// L2 penalty, chosen by cross-validation on the training part.
const ALPHA: f64 = 0.1;
/// Weights smaller than this are left out of the file.
const SMALLEST: f64 = 2e-3;

/// The part a line belongs to: three tenths are held out, by hash of the id.
#[must_use]
pub fn part_of(id: &str) -> Part {
    if blake3::hash(id.as_bytes()).as_bytes()[0] % 10 < 3 { Part::HeldOut } else { Part::Train }
}

/// Reads JSON lines; empty lines are skipped.
///
/// # Errors
/// The first line that is no labelled line.
pub fn read_lines(text: &str) -> Result<Vec<LabelledLine>, TrainError> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| TrainError::Line { line: at + 1, error })
        })
        .collect()
}

/// Fits the model to the given lines (the caller chooses the part).
///
/// # Errors
/// With fewer than 100 lines, or when the solver fails.
pub fn train(lines: &[LabelledLine]) -> Result<Model, TrainError> {
    if lines.len() < 100 {
        return Err(TrainError::TooFew(lines.len()));
    }
    let mut rows = Array2::<f64>::zeros((lines.len(), WIDTH));
    let mut labels = Array1::<usize>::zeros(lines.len());
    for (at, line) in lines.iter().enumerate() {
        for (column, value) in features(&line.text, line.is_bot(), &votes(&line.text, line.is_bot())) {
            if !(VOTES.contains(&column) && is_without_votes(line)) {
                rows[[at, column]] = value;
            }
        }
        labels[at] = column(line.role);
    }
    let fitted = MultiLogisticRegression::default()
        .alpha(ALPHA)
        .max_iterations(300)
        .gradient_tolerance(1e-4)
        .fit(&Dataset::new(rows, labels))
        .map_err(|error| TrainError::Fit(error.to_string()))?;
    let mut model = Model {
        format: Model::FORMAT,
        intercepts: vec![-10.0; ALL.len()],
        weights: vec![BTreeMap::new(); ALL.len()],
    };
    for (at, class) in fitted.classes().iter().enumerate() {
        model.intercepts[*class] = rounded(fitted.intercept()[at]);
        model.weights[*class] = fitted
            .params()
            .column(at)
            .iter()
            .enumerate()
            .filter(|(_, weight)| weight.abs() >= SMALLEST)
            .map(|(column, weight)| (column, rounded(*weight)))
            .collect();
    }
    Ok(model)
}

/// The rules were written with the lines `r-…` in view and do better on them than on any other line; every second one
/// is trained on without their votes, so that the model does not trust them too much.
fn is_without_votes(line: &LabelledLine) -> bool {
    line.id.starts_with("r-") && blake3::hash(line.id.as_bytes()).as_bytes()[1] % 2 == 0
}

/// Three digits are plenty and keep the file small and the same on every machine.
fn rounded(weight: f64) -> f64 {
    (weight * 1e3).round() / 1e3
}
