//! Figures, quotations and names that are not in the lines cited for them, and that no person has confirmed.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};

pub(super) struct Facts;
pub(super) static ENTRY: Facts = Facts;

impl Check for Facts {
    fn id(&self) -> &'static str {
        "facts"
    }

    fn about(&self) -> &'static str {
        "Figures, quotations and names of edited sentences are in the cited lines, or a person confirms them (told from review on)"
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
            message: reason.clone(),
            help: "mend it or cite the line that says it before final; when it is true as it stands, write \
                   `<!-- unblame confirm -- why -->` behind the citation"
                .to_owned(),
        };
        reading.situation.unfounded.iter().map(obstacle).collect()
    }
}
