//! Likely repeats that nobody has confirmed or rejected.

use std::sync::LazyLock;

use regex::Regex;

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::document::SectionKind;

pub(super) struct Repeats;
pub(super) static ENTRY: Repeats = Repeats;

static SUGGESTION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[-*+] +\*\*(.+?)\*\*.*?\blikely repeat\b").ok());

impl Check for Repeats {
    fn id(&self) -> &'static str {
        "repeats"
    }

    fn about(&self) -> &'static str {
        "A person has decided about every likely repeat"
    }

    fn since(&self) -> Stage {
        Stage::Final
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let id = reading.parsed.postmortem.id();
        let decided = reading.decided();
        let from = reading.line_of(SectionKind::Similar);
        let Some(regex) = SUGGESTION.as_ref() else { return Vec::new() };
        reading
            .items(SectionKind::Similar)
            .into_iter()
            .filter_map(|item| {
                let other = regex.captures(&item)?.get(1)?.as_str().replace('\\', "");
                (!decided.contains(other.as_str())).then(|| Obstacle {
                    line: reading.line_with(item.lines().next().unwrap_or_default(), from),
                    check: self.id(),
                    message: format!("nobody has said whether this repeats {other}"),
                    help: format!("`unblame decide {id} {other} same` (or related, different)"),
                })
            })
            .collect()
    }
}
