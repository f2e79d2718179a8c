//! The evidence as a model reads it: one JSON array for each line, people as roles, secrets already replaced.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::Regex;
use serde_json::json;

use crate::domain::{EventId, Match, MatchVerdict, Phase};
use crate::drafting::inert::clip;
use crate::drafting::reading::{Line, Reading};
use crate::drafting::wording::{day, list, moment};

/// Longest line in characters; logs beyond it say no more.
const LINE: usize = 1_200;
/// Past incidents that are shown.
const SIMILAR: usize = 3;

/// One line with the day it stands under.
pub(super) struct Shown {
    day: Date,
    pub(super) text: String,
}

/// All lines, people without a role told apart by a number.
pub(super) fn lines(reading: &Reading<'_>) -> Vec<Shown> {
    let voices = voices(reading);
    reading.lines.iter().map(|line| shown(reading, line, &voices)).collect()
}

/// Some lines by id, in time order.
pub(super) fn some(reading: &Reading<'_>, ids: &[EventId]) -> Vec<String> {
    let voices = voices(reading);
    let chosen: Vec<Shown> = reading
        .lines
        .iter()
        .filter(|line| ids.contains(&line.event.id))
        .map(|line| shown(reading, line, &voices))
        .collect();
    with_days(&chosen)
}

/// The lines with a line for each new day between them.
pub(super) fn with_days(lines: &[Shown]) -> Vec<String> {
    let mut out = Vec::with_capacity(lines.len() + 2);
    let mut day = None;
    for line in lines {
        if day != Some(line.day) {
            day = Some(line.day);
            out.push(format!("Day {}", line.day));
        }
        out.push(line.text.clone());
    }
    out
}

/// A number for everybody who has no role, in the order of appearance.
fn voices<'a>(reading: &Reading<'a>) -> BTreeMap<&'a str, usize> {
    let mut voices = BTreeMap::new();
    for line in &reading.lines {
        if let Some(actor) = line.event.actor.as_deref().filter(|_| !line.event.bot) {
            let next = voices.len() + 1;
            voices.entry(actor).or_insert(next);
        }
    }
    voices
}

/// Text that addresses the drafting tool is withheld.
fn shown(reading: &Reading<'_>, line: &Line<'_>, voices: &BTreeMap<&str, usize>) -> Shown {
    let event = line.event;
    let who = match event.actor.as_deref().filter(|_| !event.bot) {
        None => "machine".to_owned(),
        // A nickname may lead to the role where the name as written does not.
        Some(actor) => match (reading.people.role(actor), reading.people.mask(actor), voices.get(actor)) {
            ("a responder", masked, _) if masked.starts_with("the ") => masked[4..].to_owned(),
            ("a responder", _, Some(number)) => format!("responder {number}"),
            (role, ..) => role.trim_start_matches("the ").to_owned(),
        },
    };
    let words = if line.instructs {
        "(withheld: this line addresses the drafting tool)".to_owned()
    } else {
        clip(&line.masked, LINE)
    };
    let mut time = second(event.at);
    if let Some(until) = event.until {
        time.push_str(" to ");
        time.push_str(&if day(until) == day(event.at) { second(until) } else { moment(until) });
    }
    if event.count > 1 {
        time.push_str(&format!(", {} times", event.count));
    }
    let text = json!([event.id.to_string(), time, event.source, event.kind.name(), who, words]).to_string();
    Shown { day: day(event.at), text }
}

fn second(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%H:%M:%S").to_string()
}

/// The numbers that tell responders apart are for the model alone.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:(?:the|a)\s+)?responder\s+#?\d{1,3}\b").expect("pattern"));

/// `responder 3` as readers know them: a responder.
pub(super) fn unnumbered(text: &str) -> String {
    NUMBERED
        .replace_all(text, |found: &regex::Captures<'_>| {
            if found[0].starts_with(char::is_uppercase) { "A responder" } else { "a responder" }
        })
        .into_owned()
}

/// Title, severity, services and teams in one line.
pub(super) fn incident(reading: &Reading<'_>) -> String {
    let incident = &reading.timeline.incident;
    let mut parts = vec![incident.title.clone()];
    parts.extend(incident.severity.clone());
    if !incident.services.is_empty() {
        parts.push(format!("services {}", list(&incident.services)));
    }
    if !incident.teams.is_empty() {
        parts.push(format!("teams {}", list(&incident.teams)));
    }
    reading.people.mask(&parts.join("; "))
}

/// `started 2025-11-28 09:22:00 (E2), …`: which lines the milestones rest on.
pub(super) fn phases(reading: &Reading<'_>) -> String {
    let known: Vec<String> = Phase::ALL
        .into_iter()
        .map(|phase| match reading.phase(phase) {
            Some(mark) => format!("{} {} ({})", phase.name(), moment(mark.at), ids(&mark.evidence)),
            None => format!("{} not found", phase.name()),
        })
        .collect();
    known.join("; ")
}

fn ids(evidence: &[EventId]) -> String {
    evidence.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The silent stretches while the incident was open; empty when there is none.
pub(super) fn gaps(reading: &Reading<'_>) -> String {
    let open = reading.timeline.gaps.iter().filter(|gap| reading.during(gap.from));
    open.map(|gap| format!("{} to {}", moment(gap.from), second(gap.to))).collect::<Vec<_>>().join("; ")
}

/// What two sources tell differently; empty when there is nothing.
pub(super) fn conflicts(reading: &Reading<'_>) -> String {
    let told = reading.timeline.conflicts.iter().map(|conflict| {
        let what = reading.people.mask(&conflict.what);
        format!("{what} ({}); kept: {}", ids(&conflict.evidence), reading.people.mask(&conflict.kept))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// The past incidents worth a look, one line each.
pub(super) fn similar(reading: &Reading<'_>) -> Vec<String> {
    let close = |past: &&Match| past.verdict != MatchVerdict::None;
    let line = |past: &Match| {
        let shared = past.shared.terms.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
        let open = past.open_actions.len();
        let left = if open > 0 { format!("; {open} of its actions are still open") } else { String::new() };
        format!("{}: {} (shares {shared}){left}", past.id, past.title)
    };
    reading.matches.iter().filter(close).take(SIMILAR).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::testing::{checkout_incident, read};

    #[test]
    fn people_are_told_apart_for_the_model_alone() {
        let timeline = checkout_incident();
        read(&timeline, |reading| {
            let shown = with_days(&lines(reading));
            assert!(shown[0].starts_with("Day "), "{}", shown[0]);
            assert!(shown.iter().any(|line| line.contains("\"responder ")));
            assert!(shown.iter().any(|line| line.contains("\"on-call engineer\"")));
        });
        assert_eq!(unnumbered("Responder 12 asked the responder 3."), "A responder asked a responder.");
    }
}
