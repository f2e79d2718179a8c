//! Sections that a reader expects and that say nothing.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::document::SectionKind;

pub(super) struct EmptySections;
pub(super) static ENTRY: EmptySections = EmptySections;

/// Sections without which a postmortem is none.
const NEEDED: [SectionKind; 6] = [
    SectionKind::ExecutiveSummary,
    SectionKind::Impact,
    SectionKind::Timeline,
    SectionKind::RootCause,
    SectionKind::Lessons,
    SectionKind::Actions,
];

impl Check for EmptySections {
    fn id(&self) -> &'static str {
        "empty-sections"
    }

    fn about(&self) -> &'static str {
        "Summary, impact, timeline, root cause, lessons and action items are there and not empty"
    }

    fn since(&self) -> Stage {
        Stage::Review
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let mut found = Vec::new();
        for kind in NEEDED {
            let text = reading.parsed.postmortem.section_text(kind);
            let message = match text.as_deref() {
                None => format!("there is no section \"{}\"", kind.heading()),
                Some(text) if is_blank(text) => format!("\"{}\" is empty", kind.heading()),
                Some(_) => continue,
            };
            let help = "write it, or say in one sentence why there is nothing to say".to_owned();
            found.push(Obstacle { line: reading.line_of(kind), check: self.id(), message, help });
        }
        found
    }
}

/// Nothing but placeholders.
fn is_blank(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    matches!(letters.as_str(), "" | "tbd" | "todo" | "na" | "none" | "fillin" | "writeme")
}
