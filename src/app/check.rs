//! Whether a postmortem may go on: lint, readiness, promotion.

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::Error;
use super::verify::examine;
use crate::config::Settings;
use crate::desk::readiness::{Obstacle, Situation, Stage, obstacles, promote, reminders};
use crate::domain::Warning;
use crate::lint::Linter;
use crate::store::{self, Overwrite};

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    pub path: String,
    pub stage: Stage,
    pub ready: bool,
    pub obstacles: Vec<Obstacle>,
    /// What does not stand in the way of this stage.
    pub reminders: Vec<Obstacle>,
    /// Whether the status was written.
    pub promoted: bool,
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

/// Checks a file for a stage; with `promote_at` a ready one gets its new status (and its day of publication).
pub fn check(
    path: &Path,
    stage: Stage,
    promote_at: Option<Timestamp>,
    settings: &Settings,
) -> Result<Checked, Error> {
    let source = store::read_input(path)?;
    if promote_at.is_some() && path == Path::new("-") {
        return Err(Error::usage("standard input cannot be promoted", "name the file"));
    }
    let shown = path.display().to_string();
    let findings = Linter::new(settings.lint.clone()).check(&shown, &source).findings;
    let (decisions, warnings) = store::load_decisions(&settings.root)?;
    let examined = examine(path, &source)?;
    let situation = Situation {
        source: &source,
        stage,
        findings: &findings,
        faults: &examined.faults,
        unfounded: &examined.unfounded,
        doubts: &examined.doubts,
        decisions: &decisions,
        reviewers: &settings.review.reviewers,
    };
    let (obstacles, reminders) = (obstacles(&situation), reminders(&situation));
    let ready = obstacles.is_empty();
    let now = promote_at.filter(|_| ready);
    if let Some(now) = now {
        store::write_atomically(path, promote(&source, stage, now).as_bytes(), Overwrite::Yes)?;
    }
    Ok(Checked { path: shown, stage, ready, obstacles, reminders, promoted: now.is_some(), warnings })
}
