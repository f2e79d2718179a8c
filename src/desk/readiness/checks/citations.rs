//! Citations that lead nowhere, and footnotes that somebody changed.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};

pub(super) struct Citations;
pub(super) static ENTRY: Citations = Citations;

impl Check for Citations {
    fn id(&self) -> &'static str {
        "citations"
    }

    fn about(&self) -> &'static str {
        "Every citation leads to a footnote, and every footnote says what was collected"
    }

    fn since(&self) -> Stage {
        Stage::Review
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let obstacle = |(line, reason): &(usize, String)| Obstacle {
            line: *line,
            check: self.id(),
            message: reason.clone(),
            help: "restore the footnote (`unblame verify` shows what it said), or take the citation out"
                .to_owned(),
        };
        reading.situation.faults.iter().map(obstacle).collect()
    }
}
