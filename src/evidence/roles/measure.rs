//! How well roles are told: precision, recall and F1 by role, accuracy and macro F1 over all.

use serde::Serialize;

use crate::domain::Role;

use super::{ALL, LabelledLine, Roles};

/// Measures of one role.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ClassScore {
    pub role: Role,
    /// Labelled lines of this role.
    pub support: usize,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

/// Measures over a set of labelled lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    pub lines: usize,
    pub accuracy: f64,
    /// Unweighted mean of the F1 of the roles that occur.
    pub macro_f1: f64,
    pub classes: Vec<ClassScore>,
}

/// Classifies every line and compares with its label.
#[must_use]
pub fn score(roles: &Roles, lines: &[LabelledLine]) -> Scores {
    let told: Vec<(Role, Role)> =
        lines.iter().map(|line| (line.role, roles.of(&line.text, line.is_bot()).0)).collect();
    Scores::of(&told)
}

impl Scores {
    /// From pairs of label and answer.
    #[must_use]
    pub fn of(told: &[(Role, Role)]) -> Self {
        let classes: Vec<ClassScore> = ALL.iter().map(|role| ClassScore::of(*role, told)).collect();
        let present: Vec<&ClassScore> = classes.iter().filter(|class| class.support > 0).collect();
        Self {
            lines: told.len(),
            accuracy: ratio(told.iter().filter(|(label, said)| label == said).count(), told.len()),
            macro_f1: present.iter().map(|class| class.f1).sum::<f64>() / present.len().max(1) as f64,
            classes,
        }
    }
}

impl ClassScore {
    fn of(role: Role, told: &[(Role, Role)]) -> Self {
        let hits = told.iter().filter(|(label, said)| *label == role && *said == role).count();
        let support = told.iter().filter(|(label, _)| *label == role).count();
        let precision = ratio(hits, told.iter().filter(|(_, said)| *said == role).count());
        let recall = ratio(hits, support);
        let f1 = if hits == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        Self { role, support, precision, recall, f1 }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
