//! Sentences that were set aside because the evidence does not carry them.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::document::SectionKind;

pub(super) struct Unverified;
pub(super) static ENTRY: Unverified = Unverified;

impl Check for Unverified {
    fn id(&self) -> &'static str {
        "unverified"
    }

    fn about(&self) -> &'static str {
        "No sentence is left under Unverified"
    }

    fn since(&self) -> Stage {
        Stage::Final
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let from = reading.line_of(SectionKind::Unverified);
        reading
            .items(SectionKind::Unverified)
            .into_iter()
            .map(|item| {
                let first = item.lines().next().unwrap_or_default();
                Obstacle {
                    line: reading.line_with(first, from),
                    check: self.id(),
                    message: "a sentence is still unverified".to_owned(),
                    help: "move it into the text with its evidence, or delete it".to_owned(),
                }
            })
            .collect()
    }
}
