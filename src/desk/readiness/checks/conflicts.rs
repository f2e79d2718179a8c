//! Conflicts that a redraft left in the file.

use crate::desk::merge::unresolved;
use crate::desk::readiness::{Check, Obstacle, Reading, Stage};

pub(super) struct Conflicts;
pub(super) static ENTRY: Conflicts = Conflicts;

impl Check for Conflicts {
    fn id(&self) -> &'static str {
        "conflicts"
    }

    fn about(&self) -> &'static str {
        "No conflict between edits and regenerated text is left"
    }

    fn since(&self) -> Stage {
        Stage::Review
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        unresolved(reading.situation.source)
            .into_iter()
            .map(|conflict| Obstacle {
                line: conflict.line,
                check: self.id(),
                message: format!("conflict {} is not settled", conflict.number),
                help: "keep your text or take the regenerated one over, then delete the conflict".to_owned(),
            })
            .collect()
    }
}
