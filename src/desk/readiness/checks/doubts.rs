//! Sentences that the lines they cite do not seem to carry, and that no person has confirmed.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};

pub(super) struct Doubts;
pub(super) static ENTRY: Doubts = Doubts;

impl Check for Doubts {
    fn id(&self) -> &'static str {
        "doubts"
    }

    fn about(&self) -> &'static str {
        "Every cited sentence is carried by its lines, or a person confirms it (told from review on)"
    }

    fn since(&self) -> Stage {
        Stage::Final
    }

    fn told_since(&self) -> Stage {
        Stage::Review
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let obstacle = |(line, reason): &(usize, String)| Obstacle {
            line: *line,
            check: self.id(),
            message: format!("the citation may not carry this: {reason}"),
            help:
                "mend the sentence, cite the line that carries it, or, when it is true as it stands, write \
                   `<!-- unblame confirm -- why -->` behind the citation"
                    .to_owned(),
        };
        reading.situation.doubts.iter().map(obstacle).collect()
    }
}
