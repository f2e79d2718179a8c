//! Patterns for a person at a terminal.

use jiff::tz::TimeZone;

use crate::cli::table::{aligned, shortened};
use crate::domain::{Pattern, PatternState, Patterns};

/// A table of the patterns, and who belongs to none.
#[must_use]
pub fn text(patterns: &Patterns) -> String {
    let rows: Vec<Vec<String>> = patterns.patterns.iter().map(row).collect();
    let mut out = aligned(&["id", "n", "state", "last", "stability", "pattern", "incidents"], &rows);
    if !patterns.unclustered.is_empty() {
        out.push_str(&format!("\nin no pattern: {}\n", listed(&patterns.unclustered)));
    }
    out
}

fn row(pattern: &Pattern) -> Vec<String> {
    let state = match pattern.state {
        PatternState::New => "new",
        PatternState::Growing => "growing",
        PatternState::Steady => "steady",
        PatternState::Fading => "fading",
    };
    let day = pattern.last.map(|last| last.to_zoned(TimeZone::UTC).date().to_string());
    vec![
        pattern.id.clone(),
        pattern.members.len().to_string(),
        state.to_owned(),
        day.unwrap_or_else(|| "–".to_owned()),
        pattern.stability.map_or_else(|| "–".to_owned(), |stability| format!("{stability:.2}")),
        shortened(&pattern.label, 60),
        listed(&pattern.members),
    ]
}

/// The first few, and how many more.
fn listed(ids: &[String]) -> String {
    const SHOWN: usize = 6;
    let mut text = ids.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(" ");
    if ids.len() > SHOWN {
        text.push_str(&format!(" and {} more", ids.len() - SHOWN));
    }
    text
}
