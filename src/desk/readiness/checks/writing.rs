//! Errors that the lint rules report.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::domain::Severity;

pub(super) struct Writing;
pub(super) static ENTRY: Writing = Writing;

impl Check for Writing {
    fn id(&self) -> &'static str {
        "writing"
    }

    fn about(&self) -> &'static str {
        "No lint rule reports an error"
    }

    fn since(&self) -> Stage {
        Stage::Review
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let errors = reading.situation.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors
            .map(|finding| Obstacle {
                line: finding.line,
                check: self.id(),
                message: format!("{}: {}", finding.rule, finding.message),
                help: finding.help.clone(),
            })
            .collect()
    }
}
