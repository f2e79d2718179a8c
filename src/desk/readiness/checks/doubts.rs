//! Sentences whose wording the lines they cite do not seem to carry; told, because the verifier doubts true ones too.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};

pub(super) struct Doubts;
pub(super) static ENTRY: Doubts = Doubts;

impl Check for Doubts {
    fn id(&self) -> &'static str {
        "doubts"
    }

    fn about(&self) -> &'static str {
        "The wording of edited sentences is carried by the cited lines (told, never in the way)"
    }

    fn since(&self) -> Stage {
        Stage::Review
    }

    fn is_told_only(&self) -> bool {
        true
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let obstacle = |(line, reason): &(usize, String)| {
            Obstacle {
            line: *line,
            check: self.id(),
            message: format!("the citation may not carry this: {reason}"),
            help: "look at the cited lines; `<!-- unblame confirm -- why -->` behind the citation ends the warning".to_owned(),
        }
        };
        reading.situation.doubts.iter().map(obstacle).collect()
    }
}
