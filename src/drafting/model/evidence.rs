//! The evidence as a model reads it: one line for each record, people as roles, secrets already replaced.
//!
//! What a request costs is this text, so nothing stands in it twice: numbers for ids, the hour once, the minute where it
//! changes, and for a field that an earlier line told, the number of that line.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use regex::Regex;

use crate::domain::{Event, EventId, EventKind, Match, MatchVerdict, Phase, SourceClass};
use crate::drafting::inert::clip;
use crate::drafting::reading::{Line, Reading};
use crate::drafting::wording::{clock, day, list};

/// Longest line in characters; logs beyond it say no more.
const LINE: usize = 1_200;
/// Past incidents that are shown.
const SIMILAR: usize = 3;

/// Shortest field of a record that is pointed to instead of being shown again, in characters.
const FIELD: usize = 20;

/// One line with what the lines before it may already have told.
pub(super) struct Shown {
    pub(super) id: EventId,
    hour: Timestamp,
    minute: String,
    /// Count, source or speaker, and kind.
    head: String,
    /// The words in the fields that the source joined, each with what stands before it.
    fields: Vec<(&'static str, String)>,
    /// A program repeats in a chat what another record may have told.
    relayed: bool,
}

impl Shown {
    /// The line by itself.
    pub(super) fn text(&self) -> String {
        format!("{} {}{}{}", self.id.0, self.minute, self.head, self.words())
    }

    fn words(&self) -> String {
        self.fields.iter().flat_map(|(between, field)| [*between, field.as_str()]).collect()
    }

    /// Whether all its words stand in the words of another line, in the same order.
    fn repeats(&self, other: &Self) -> bool {
        let plain = |words: String| -> Vec<String> {
            let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '#').to_owned();
            words.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
        };
        let (own, others) = (plain(self.words()), plain(other.words()));
        let mut others = others.iter();
        own.len() >= RELAYED && own.iter().all(|word| others.any(|other| other == word))
    }
}

/// What sources put between the fields of a record.
const BETWEEN: [&str; 2] = [" · ", ": "];
/// Least words for taking a relayed record for one that was shown.
const RELAYED: usize = 4;
/// Lines back to look for what a program relays.
const BACK: usize = 12;
/// Longest address that is shown in full, in characters.
const ADDRESS: usize = 40;

/// The fields that a source joined; the object that it names in brackets at the end is one too.
fn fields(words: &str) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    let (mut rest, mut between) = (words, "");
    while !rest.is_empty() {
        let next = BETWEEN.iter().filter_map(|mark| rest.find(mark).map(|at| (at, *mark))).min();
        let (field, after) = match next {
            Some((at, mark)) => (&rest[..at], Some((mark, &rest[at + mark.len()..]))),
            None => (rest, None),
        };
        match field.rfind(" (").filter(|at| field.ends_with(')') && *at > 0) {
            Some(at) => {
                fields.push((between, field[..at].to_owned()));
                fields.push((" ", field[at + 1..].to_owned()));
            }
            None => fields.push((between, field.to_owned())),
        }
        (between, rest) = after.unwrap_or(("", ""));
    }
    fields
}

#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static URL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"https?://([^/\s]+)/\S*/([^/\s)>\]]+)").expect("pattern"));

/// Long addresses by host and last part: which page it was, not how to get there.
fn addresses(words: &str) -> Cow<'_, str> {
    URL.replace_all(words, |found: &regex::Captures<'_>| {
        if found[0].chars().count() > ADDRESS {
            format!("{}/…/{}", &found[1], &found[2])
        } else {
            found[0].to_owned()
        }
    })
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
    as_read(&chosen)
}

/// The lines below their hours. A minute is given where it changes, and a field that an earlier line told is pointed to.
pub(super) fn as_read(lines: &[Shown]) -> Vec<String> {
    let mut out = Vec::with_capacity(lines.len() + 8);
    let mut before: Option<&Shown> = None;
    let mut told: BTreeMap<&str, EventId> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let hour = line.hour.to_zoned(TimeZone::UTC);
        if before.is_none_or(|before| day(before.hour) != day(line.hour)) {
            out.push(hour.strftime("%Y-%m-%d %H:00").to_string());
        } else if before.is_some_and(|before| before.hour != line.hour) {
            out.push(hour.strftime("%H:00").to_string());
        }
        let same = before.is_some_and(|before| before.hour == line.hour && before.minute == line.minute);
        let minute = if same { "" } else { &line.minute };
        let from = at.saturating_sub(BACK);
        let mut words = String::new();
        if let Some(other) = lines[from..at].iter().find(|other| line.relayed && line.repeats(other)) {
            words.push_str(&format!("…{}", other.id.0));
        } else {
            let mut pointed = None;
            for (between, field) in &line.fields {
                match told.get(field.as_str()).filter(|_| line.fields.len() > 1) {
                    Some(id) if pointed == Some(*id) => {}
                    Some(id) => {
                        words.push_str(&format!("{between}…{}", id.0));
                        pointed = Some(*id);
                    }
                    None => words.push_str(&format!("{between}{field}")),
                }
                if field.chars().count() >= FIELD {
                    told.entry(field).or_insert(line.id);
                }
            }
        }
        out.push(format!("{} {minute}{}{words}", line.id.0, line.head));
        before = Some(line);
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
    // A nickname may lead to the role where the name as written does not.
    let who = event.actor.as_deref().filter(|_| !event.bot).map(|actor| {
        let role = match reading.people.role(actor) {
            "a responder" => reading.people.mask(&format!("@{actor}")),
            role => role.to_owned(),
        };
        match (role.as_str(), voices.get(actor)) {
            ("the on-call engineer", _) => "on-call".to_owned(),
            ("the incident commander", _) => "commander".to_owned(),
            (role, _) if role.starts_with("the ") => role[4..].to_owned(),
            (_, Some(number)) => format!("responder{number}"),
            _ => "responder".to_owned(),
        }
    });
    let words = if line.instructs {
        "(withheld: this line addresses the drafting tool)".to_owned()
    } else {
        addresses(&clip(&line.masked, LINE)).into_owned()
    };
    let start = hour(event.at);
    let minute = event.at.to_zoned(TimeZone::UTC).strftime(":%M ").to_string();
    let mut head = String::new();
    if let Some(until) =
        event.until.filter(|until| clock(*until) != clock(event.at) || day(*until) != day(event.at))
    {
        let until = match () {
            () if hour(until) == start => until.to_zoned(TimeZone::UTC).strftime(":%M").to_string(),
            () if day(until) == day(event.at) => clock(until),
            () => format!("{} {}", day(until), clock(until)),
        };
        head.push_str(&format!("to {until} "));
    }
    if event.count > 1 {
        head.push_str(&format!("x{} ", event.count));
    }
    // People in a chat need no source; what a machine recorded needs it, and its kind where its words do not tell it.
    head.push_str(&match who {
        Some(who) if event.class == SourceClass::Chat => who,
        Some(who) => format!("{} {who}", event.source),
        None => event.source.to_string(),
    });
    if let Some(kind) = kind(event, &words) {
        head.push(' ');
        head.push_str(kind);
    }
    head.push_str(": ");
    let relayed = event.class == SourceClass::Chat && event.bot;
    // What people write is theirs; only records have fields.
    let fields = if line.is_human() { vec![("", words)] } else { fields(&words) };
    Shown { id: event.id, hour: start, minute, head, fields, relayed }
}

/// What a record is, where its words leave that open. What a line of chat is, is for its reader to judge.
fn kind(event: &Event, words: &str) -> Option<&'static str> {
    let (kind, telling): (_, &[&str]) = match event.kind {
        EventKind::AlertFired => ("fires", &["fir", "trigger"]),
        EventKind::AlertAcknowledged => ("acknowledged", &["ack"]),
        EventKind::AlertResolved => ("resolves", &["resol", "recover"]),
        EventKind::Deploy => ("deploy", &["deploy", "roll", "release", "sync"]),
        EventKind::ChangeMerged => ("merged", &["merg", "revert"]),
        EventKind::Rollback => ("rollback", &["revert", "roll"]),
        EventKind::ConfigChange => ("config", &["config", "flag", "set"]),
        EventKind::Escalation => ("escalates", &["escalat", "assign", "notif", "page"]),
        EventKind::StatusUpdate => ("public status", &["status"]),
        _ => return None,
    };
    let lower = words.to_lowercase();
    let open = event.class != SourceClass::Chat && !telling.iter().any(|stem| lower.contains(stem));
    open.then_some(kind)
}

fn hour(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(3_600) * 3_600).unwrap_or(at)
}

/// The numbers that tell responders apart are for the model alone.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:(?:the|a)\s+)?responder\s*#?\d{1,3}\b").expect("pattern"));

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

/// `started 09:22 (2), …`: when the milestones were, and which lines they rest on.
pub(super) fn phases(reading: &Reading<'_>) -> String {
    let mut known: Vec<String> = Vec::new();
    let mut last = None;
    for phase in Phase::ALL {
        known.push(match reading.phase(phase) {
            Some(mark) => {
                let at = clock(mark.at);
                let new = last != Some(day(mark.at)) && last.is_some();
                last = Some(day(mark.at));
                let at = if new { format!("{} {at}", day(mark.at)) } else { at };
                format!("{} {at} ({})", phase.name(), ids(&mark.evidence))
            }
            None => format!("{} not found", phase.name()),
        });
    }
    known.join(", ")
}

fn ids(evidence: &[EventId]) -> String {
    evidence.iter().take(3).map(|id| id.0.to_string()).collect::<Vec<_>>().join(" ")
}

/// The silent stretches while the incident was open; empty when there is none.
pub(super) fn gaps(reading: &Reading<'_>) -> String {
    let open = reading.timeline.gaps.iter().filter(|gap| reading.during(gap.from));
    let first = reading.lines.first().map(|line| day(line.event.at));
    let from = |at: Timestamp| match Some(day(at)) == first {
        true => clock(at),
        false => format!("{} {}", day(at), clock(at)),
    };
    open.map(|gap| format!("{} to {}", from(gap.from), clock(gap.to))).collect::<Vec<_>>().join(", ")
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
    use crate::drafting::testing::{checkout_incident, read, timeline};

    #[test]
    fn people_are_told_apart_for_the_model_alone() {
        let timeline = checkout_incident();
        read(&timeline, |reading| {
            let shown = as_read(&lines(reading));
            assert!(shown[0].ends_with(":00"), "{}", shown[0]);
            assert!(shown.iter().any(|line| line.contains(" responder1: ")));
            assert!(shown.iter().any(|line| line.contains(" on-call: ")));
        });
        assert_eq!(
            addresses("see (https://github.com/example-org/edge-config/pull/892). Reverting"),
            "see (github.com/…/892). Reverting"
        );
        assert_eq!(unnumbered("Responder 12 asked the responder3."), "A responder asked a responder.");
    }

    #[test]
    fn nothing_is_told_twice() {
        let timeline = timeline(
            "09:32:00 alertmanager alert_fired -: HighErrorRate · Error rate of the shop frontend\n\
             09:32:40 pagerduty alert_fired -: triggered · Error rate of the shop frontend\n\
             09:33:00 github rollback -: PR #895 merged: Revert the path rules · Reverts #892\n\
             10:05:00 kubernetes log -: Pulled image (Pod shop-prod/frontend-7d4b8c6f9)\n\
             10:05:09 kubernetes log -: Started container (Pod shop-prod/frontend-7d4b8c6f9)\n",
        );
        read(&timeline, |reading| {
            let mut shown = lines(reading);
            shown[3].relayed = true;
            shown[3].fields = fields("#895 Revert the path rules Reverts #892");
            let text = as_read(&shown);
            assert_eq!(
                text[1..3],
                [
                    "1 :32 alertmanager fires: HighErrorRate · Error rate of the shop frontend",
                    "2 pagerduty: triggered · …1"
                ]
            );
            assert_eq!(
                text[4..],
                [
                    "10:00",
                    "4 :05 kubernetes: …3",
                    "5 kubernetes: Started container (Pod shop-prod/frontend-7d4b8c6f9)"
                ]
            );
            shown[3] = super::lines(reading).swap_remove(3);
            assert_eq!(as_read(&shown)[6], "5 kubernetes: Started container …4");
        });
    }
}
