//! Whether a document may go to review or become final, and what to do about what stands in the way.
//!
//! A check is one file in `checks/` and one line in its register.

mod check;
mod checks;
mod promote;

use serde::Serialize;

pub use check::{Check, Stage};
pub use promote::promote;

use crate::document::{self, Parsed};
use crate::domain::{Decision, Finding};
use crate::text::LineIndex;

/// What is judged, and what the outside knows of it.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The document's source.
    pub source: &'a str,
    pub stage: Stage,
    /// What the lint rules report about it.
    pub findings: &'a [Finding],
    /// Citations that lead nowhere, and footnotes that do not say what was collected: line and reason.
    pub faults: &'a [(usize, String)],
    /// Sentences with figures, quotations or names that are not in the lines they cite: line and reason.
    pub unfounded: &'a [(usize, String)],
    /// Sentences whose wording their citations do not seem to carry: line and reason.
    pub doubts: &'a [(usize, String)],
    /// What people said of its matches.
    pub decisions: &'a [Decision],
    /// People or teams that have to have approved it before it is final.
    pub reviewers: &'a [String],
}

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Obstacle {
    /// Line in the document, from 1.
    pub line: usize,
    /// Id of the check.
    pub check: &'static str,
    pub message: String,
    /// The way out.
    pub help: String,
}

/// The document in the forms that checks look at.
#[derive(Debug)]
pub struct Reading<'a> {
    pub situation: &'a Situation<'a>,
    pub parsed: Parsed,
    pub index: LineIndex,
}

/// Everything that stands in the way, by line.
#[must_use]
pub fn obstacles(situation: &Situation<'_>) -> Vec<Obstacle> {
    found_by(situation, |check| !check.is_told_only() && check.since() <= situation.stage)
}

/// What does not stand in the way of this stage, but is told already, by line.
#[must_use]
pub fn reminders(situation: &Situation<'_>) -> Vec<Obstacle> {
    let later = |check: &dyn Check| check.is_told_only() || check.since() > situation.stage;
    found_by(situation, |check| check.told_since() <= situation.stage && later(check))
}

fn found_by(situation: &Situation<'_>, asked: impl Fn(&dyn Check) -> bool) -> Vec<Obstacle> {
    let reading = Reading {
        situation,
        parsed: document::parse(situation.source),
        index: LineIndex::new(situation.source),
    };
    let mut found: Vec<Obstacle> =
        checks::ALL.iter().filter(|check| asked(**check)).flat_map(|check| check.find(&reading)).collect();
    found.sort();
    found.dedup();
    found
}

/// Id and one-line description of every check.
pub fn checks() -> impl Iterator<Item = &'static dyn Check> {
    checks::ALL.iter().copied()
}

#[cfg(test)]
mod tests;
