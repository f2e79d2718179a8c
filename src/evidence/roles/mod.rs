//! What a line of chat does in the handling of an incident: readable rules first, a small learned model beside them.

mod features;
mod lexicon;
mod measure;
mod model;
mod rules;
mod train;

pub use measure::{ClassScore, Scores, score};
use model::Weights;
pub use model::{Model, ModelError};
pub use train::{LabelledLine, Part, TrainError, part_of, read_lines, train};

use crate::domain::Role;

/// The classifier as the timeline uses it.
#[derive(Clone, Debug)]
pub struct Roles {
    model: Option<Weights>,
}

impl Default for Roles {
    /// The rules with the shipped model; with the rules alone if that cannot be read.
    fn default() -> Self {
        Self { model: Model::shipped().as_ref().map(Weights::of) }
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
        Self { model: Some(Weights::of(&model)) }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a failing test may panic
    use super::*;

    #[test]
    fn plain_lines_get_their_role() {
        let roles = Roles::default();
        for (text, role) in [
            ("Restarting the affected pods now", Role::Action),
            ("Could be the CDN. Last week the edge gave us 5xx", Role::Hypothesis),
            ("okay, manual rollback worked", Role::Mitigation),
            ("all clear, closing the incident", Role::Resolution),
            ("lunch anyone?", Role::Noise),
            ("[FIRING:1] ShopErrors (critical)", Role::Detection),
        ] {
            assert_eq!(roles.of(text, text.starts_with('[')).0, role, "{text}");
        }
    }

    #[test]
    fn the_shipped_model_beats_the_rules_on_held_out_lines() {
        let lines = read_lines(include_str!("../../../evals/roles/lines.jsonl")).unwrap();
        let held_out: Vec<LabelledLine> =
            lines.into_iter().filter(|line| part_of(&line.id) == Part::HeldOut).collect();
        let both = score(&Roles::with_model(Model::shipped().unwrap()), &held_out);
        let rules = score(&Roles::rules_only(), &held_out);
        assert!(both.macro_f1 > rules.macro_f1, "{} against {}", both.macro_f1, rules.macro_f1);
        assert!(both.accuracy > 0.6, "{}", both.accuracy);
    }

    #[test]
    fn a_model_of_another_shape_is_refused() {
        assert!(Model::parse("{}").is_err());
        assert!(Model::parse(r#"{"format":1,"intercepts":[0.0],"weights":[{}]}"#).is_err());
    }
}
