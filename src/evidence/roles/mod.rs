//! What a line of chat does in the handling of an incident: readable rules first, a small learned model beside them.

mod features;
mod measure;
mod model;
mod rules;
mod train;

pub use measure::{ClassScore, Scores, score};
pub use model::{Model, ModelError};
pub use train::{LabelledLine, Part, TrainError, part_of, read_lines, train};

use crate::domain::Role;

/// The classifier as the timeline uses it.
#[derive(Clone, Debug)]
pub struct Roles {
    model: Option<Model>,
}

impl Default for Roles {
    /// The rules with the shipped model; with the rules alone if that cannot be read.
    fn default() -> Self {
        Self { model: Model::shipped() }
    }
}

impl Roles {
    /// Every line by the rule table alone.
    #[must_use]
    pub fn rules_only() -> Self {
        Self { model: None }
    }

    #[must_use]
    pub fn with_model(model: Model) -> Self {
        Self { model: Some(model) }
    }

    /// The role of one line and how sure it is, 0 to 1. `bot`: whether a machine wrote it.
    #[must_use]
    pub fn of(&self, text: &str, bot: bool) -> (Role, f64) {
        let votes = rules::votes(text, bot);
        match &self.model {
            Some(model) => model.decide(text, bot, &votes),
            None => rules::decide(&votes),
        }
    }
}

/// All roles in the order of their columns in the model.
pub(crate) const ALL: [Role; 9] = [
    Role::Detection,
    Role::Diagnosis,
    Role::Hypothesis,
    Role::Decision,
    Role::Action,
    Role::Mitigation,
    Role::Resolution,
    Role::Communication,
    Role::Noise,
];
