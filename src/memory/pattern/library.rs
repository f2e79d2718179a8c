//! The page of one pattern in the library: what it is, where it happened, what is still open.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::tz::TimeZone;

use super::facts::sections;
use super::failure_mode::{FailureModes, diagnose};
use crate::document::Postmortem;
use crate::domain::{PastIncident, Pattern, PatternState, PatternView};

/// Quotes shown for each incident of a failure mode.
const QUOTES: usize = 1;

/// A pattern as a Markdown page; `members` are its incidents in the pattern's order, `documents` their postmortems by id, as
/// far as they are documents.
#[must_use]
pub fn page(
    pattern: &Pattern,
    view: PatternView,
    members: &[&PastIncident],
    modes: &FailureModes,
    documents: &BTreeMap<String, Postmortem>,
) -> String {
    let mode =
        modes.modes().iter().position(|mode| view == PatternView::FailureMode && mode.id == pattern.id);
    let mut page = format!("# {}\n\n", pattern.label);
    let mut line = |text: String| {
        page.push_str(&text);
        page.push('\n');
    };
    line(format!("{} · {} · {}\n", pattern.id, counted(members.len()), state_name(pattern.state)));
    if let Some(rule) = mode.and_then(|at| modes.modes().get(at)) {
        for (heading, text) in [
            ("What it is", &rule.description),
            ("What to look for", &rule.look_for),
            ("How to prevent it", &rule.prevent),
        ] {
            if !text.is_empty() {
                line(format!("**{heading}.** {text}\n"));
            }
        }
    }
    if !pattern.terms.is_empty() {
        line(format!("Words that set it apart: {}.\n", pattern.terms.join(", ")));
    }
    line(sections(members, documents));
    line("## Incidents\n".to_owned());
    line("| Date | Incident | Severity | What happened |\n|---|---|---|---|".to_owned());
    for incident in members {
        line(format!(
            "| {} | {} | {} | {} |",
            day(incident),
            cell(&incident.id),
            cell(incident.severity.as_deref().unwrap_or("–")),
            cell(&incident.title)
        ));
    }
    line(String::new());
    if let Some(mode) = mode {
        line("## What the rule rests on\n".to_owned());
        for incident in members {
            let mut hits = diagnose(incident, modes).hits;
            hits.retain(|hit| hit.mode == mode);
            // The title stands in the table above.
            hits.sort_by_key(|hit| hit.line == 0);
            for hit in hits.iter().take(QUOTES) {
                line(format!("- {}: “{}” ({})", incident.id, hit.quote.trim(), hit.cue));
            }
        }
        line(String::new());
    }
    let mut open = String::new();
    for incident in members {
        for action in incident.actions.iter().filter(|action| action.status.is_open()) {
            let due = action.due.map_or_else(String::new, |due| format!(", due {due}"));
            let _ = writeln!(open, "- {} {}: {}{due}", incident.id, action.id, action.action);
        }
    }
    line("## Still open\n".to_owned());
    line(if open.is_empty() {
        "No action item of these incidents is open.".to_owned()
    } else {
        open.trim_end().to_owned()
    });
    page
}

fn counted(count: usize) -> String {
    if count == 1 { "1 incident".to_owned() } else { format!("{count} incidents") }
}

fn state_name(state: PatternState) -> &'static str {
    match state {
        PatternState::New => "new",
        PatternState::Growing => "growing",
        PatternState::Steady => "steady",
        PatternState::Fading => "fading",
    }
}

fn day(incident: &PastIncident) -> String {
    incident.date.map_or_else(|| "–".to_owned(), |date| date.to_zoned(TimeZone::UTC).date().to_string())
}

/// Text that cannot break out of a table cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
