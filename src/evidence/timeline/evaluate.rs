//! Measures a timeline against facts that people read from the same evidence by hand.

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::domain::{Event, EventKind, Phase, Phases, Timeline};
use crate::text::technical_tokens;

/// How far a time may be off and still count as right, seconds; facts are written by the minute.
const TOLERANCE_S: i64 = 120;

/// What is known of one case: `facts.json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Facts {
    #[serde(default)]
    pub case: String,
    #[serde(default)]
    start: Option<String>,
    #[serde(default)]
    detection: Option<String>,
    #[serde(default)]
    acknowledged: Option<String>,
    #[serde(default)]
    mitigation: Option<String>,
    #[serde(default)]
    resolution: Option<String>,
    #[serde(default)]
    key_events: Vec<KeyFact>,
    /// IANA zone for times without one in the evidence.
    #[serde(default)]
    pub tz: Option<String>,
    #[serde(default)]
    second_reader: SecondReader,
}

#[derive(Clone, Debug, Deserialize)]
struct KeyFact {
    at: String,
    what: String,
    #[serde(default = "yes")]
    derivable: bool,
    /// `raw/file:line`, several separated by `;`, also with the exact stamp behind it: `raw/a.json:23 (ts 1741162460.5)`.
    #[serde(default)]
    carried_by: Option<String>,
    /// All of these stand in the event's text.
    #[serde(default)]
    words: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct SecondReader {
    #[serde(default)]
    phases: BTreeMap<String, SecondOpinion>,
}

#[derive(Clone, Debug, Deserialize)]
struct SecondOpinion {
    #[serde(default = "yes")]
    derivable: bool,
    #[serde(default)]
    accept: Option<Vec<String>>,
}

fn yes() -> bool {
    true
}

/// Why a facts file cannot be used.
#[derive(Debug, Error)]
pub enum FactsError {
    #[error("the facts are no valid JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("`{0}` is no time; write it as 2019-02-05T16:47Z")]
    Time(String),
}

/// One milestone asked and answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseResult {
    pub phase: Phase,
    /// Any of these is right; empty when "not found" is.
    pub expected: Vec<Timestamp>,
    pub found: Option<Timestamp>,
    pub right: bool,
}

/// What comes out of one case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    pub case: String,
    pub phases: Vec<PhaseResult>,
    /// Share of the phases asked that are right.
    pub phase_accuracy: f64,
    /// Key facts that are in the evidence.
    pub key_facts: usize,
    pub recalled: usize,
    pub recall: f64,
    /// What was missed: time and words.
    pub missed: Vec<String>,
    /// Events shown.
    pub shown: usize,
    /// Shown events within two minutes of any fact of the report.
    pub kept: usize,
    pub precision: f64,
    /// Shown events that no fact stands near.
    pub surplus: Vec<String>,
}

/// The least that is accepted, from `evals/timeline/thresholds.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Thresholds {
    pub recall: f64,
    pub precision: f64,
    pub phases: f64,
}

impl Thresholds {
    /// Names of the measures that fall short over several cases: recall and precision pooled over events, phases over
    /// all phases asked.
    #[must_use]
    pub fn missed_by(&self, measures: &[Measure]) -> Vec<&'static str> {
        let pooled = Pooled::of(measures);
        let reached = [
            ("recall", pooled.recall, self.recall),
            ("precision", pooled.precision, self.precision),
            ("phases", pooled.phases, self.phases),
        ];
        reached.into_iter().filter(|(_, value, least)| value < least).map(|(name, _, _)| name).collect()
    }
}

/// Several cases as one: the only thing to look at of cases that are held out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Pooled {
    pub cases: usize,
    pub phases_right: usize,
    pub phases_asked: usize,
    pub phases: f64,
    pub recalled: usize,
    pub key_facts: usize,
    pub recall: f64,
    pub kept: usize,
    pub shown: usize,
    pub precision: f64,
}

impl Pooled {
    #[must_use]
    pub fn of(measures: &[Measure]) -> Self {
        let sum = |of: fn(&Measure) -> usize| measures.iter().map(of).sum::<usize>();
        let phases_right = sum(|measure| measure.phases.iter().filter(|phase| phase.right).count());
        let phases_asked = sum(|measure| measure.phases.len());
        let (recalled, key_facts) = (sum(|measure| measure.recalled), sum(|measure| measure.key_facts));
        let (kept, shown) = (sum(|measure| measure.kept), sum(|measure| measure.shown));
        Self {
            cases: measures.len(),
            phases_right,
            phases_asked,
            phases: share(phases_right, phases_asked),
            recalled,
            key_facts,
            recall: share(recalled, key_facts),
            kept,
            shown,
            precision: share(kept, shown),
        }
    }
}

impl Facts {
    /// Reads a `facts.json`.
    ///
    /// # Errors
    /// When it is no JSON of that shape.
    pub fn parse(json: &str) -> Result<Self, FactsError> {
        Ok(serde_json::from_str(json)?)
    }
}

/// Compares a timeline with the facts of its case. Only what the evidence holds is asked (`derivable`); a phase is right
/// within two minutes of the fact or of an accepted alternative, and when both are absent; a key fact is recalled when a
/// key event lies within two minutes and speaks of the same thing (shares its words, or was read at the place that the
/// fact names).
///
/// # Errors
/// [`FactsError::Time`] when a time in the facts cannot be read.
pub fn evaluate(facts: &Facts, timeline: &Timeline) -> Result<Measure, FactsError> {
    let phases = phase_results(facts, &timeline.phases)?;
    let shown: Vec<&Event> = timeline.key_events().collect();
    let mut times = Vec::new();
    let (mut key_facts, mut recalled, mut missed) = (0, 0, Vec::new());
    for fact in &facts.key_events {
        let at = time(&fact.at)?;
        times.push(at);
        if !fact.derivable {
            continue;
        }
        key_facts += 1;
        if shown.iter().any(|event| is_near(event, at) && speaks_of(event, fact)) {
            recalled += 1;
        } else {
            missed.push(format!("{} {}", fact.at, fact.what));
        }
    }
    times.extend(phases.iter().flat_map(|phase| phase.expected.iter().copied()));
    let surplus: Vec<String> = shown
        .iter()
        .filter(|event| !times.iter().any(|at| is_near(event, *at)))
        .map(|event| format!("{} {} {}", event.id, event.at, first_line(&event.text)))
        .collect();
    let kept = shown.len() - surplus.len();
    Ok(Measure {
        case: facts.case.clone(),
        phase_accuracy: share(phases.iter().filter(|phase| phase.right).count(), phases.len()),
        phases,
        key_facts,
        recalled,
        recall: share(recalled, key_facts),
        missed,
        shown: shown.len(),
        kept,
        precision: share(kept, shown.len()),
        surplus,
    })
}

fn phase_results(facts: &Facts, phases: &Phases) -> Result<Vec<PhaseResult>, FactsError> {
    let asked = [
        (Phase::Started, "start", &facts.start),
        (Phase::Detected, "detection", &facts.detection),
        (Phase::Acknowledged, "acknowledged", &facts.acknowledged),
        (Phase::Mitigated, "mitigation", &facts.mitigation),
        (Phase::Resolved, "resolution", &facts.resolution),
    ];
    let mut results = Vec::new();
    for (phase, name, fact) in asked {
        let opinion = facts.second_reader.phases.get(name);
        if phase == Phase::Acknowledged && fact.is_none() || opinion.is_some_and(|opinion| !opinion.derivable)
        {
            continue;
        }
        let mut expected = Vec::new();
        for written in
            fact.iter().chain(opinion.and_then(|opinion| opinion.accept.as_ref()).into_iter().flatten())
        {
            expected.push(time(written)?);
        }
        let found = phases.get(phase).map(|mark| mark.at);
        let right = match found {
            Some(found) => expected.iter().any(|at| distance(found, *at) <= TOLERANCE_S),
            None => expected.is_empty(),
        };
        results.push(PhaseResult { phase, expected, found, right });
    }
    Ok(results)
}

/// Whether the event shares a telling word with the fact, or stands where the fact was read.
fn speaks_of(event: &Event, fact: &KeyFact) -> bool {
    let lower = format!("{} {}", event.text, event.actor.as_deref().unwrap_or_default()).to_lowercase();
    if !fact.words.is_empty() {
        return fact.words.iter().all(|word| lower.contains(&word.to_lowercase()));
    }
    let places = fact.carried_by.as_deref().unwrap_or_default();
    let read_there = places
        .split(';')
        .filter_map(|place| {
            let place = place.trim().trim_start_matches("raw/");
            let (place, stamp) = place.split_once(" (").unwrap_or((place, ""));
            let (file, line) = place.rsplit_once(':')?;
            Some((file, line.split('-').next()?.parse().unwrap_or(0), epoch(stamp)))
        })
        .any(|(file, line, second): (&str, usize, Option<i64>)| match second {
            Some(second) => event.at.as_second() == second,
            None => std::iter::once(&event.origin)
                .chain(&event.also)
                .any(|origin| origin.file.ends_with(file) && origin.line <= line && line < origin.line + 8),
        });
    let told: Vec<String> = technical_tokens(&event.text);
    if fact.what.to_lowercase().contains("post") && event.kind == EventKind::StatusUpdate {
        return true;
    }
    read_there || technical_tokens(&fact.what).iter().any(|word| word.len() > 2 && told.contains(word))
}

/// Seconds since 1970 from the first long number: `ts 1741162460.5` or `create_at 1718080882366`.
fn epoch(stamp: &str) -> Option<i64> {
    let digits = stamp.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() >= 10)?;
    digits.get(..10)?.parse().ok()
}

fn is_near(event: &Event, at: Timestamp) -> bool {
    distance(event.at, at) <= TOLERANCE_S
}

/// Seconds between two times by whole minutes, as facts are written.
fn distance(a: Timestamp, b: Timestamp) -> i64 {
    (a.as_second().div_euclid(60) - b.as_second().div_euclid(60)).abs() * 60
}

/// Reads `2019-02-05T16:47Z` with or without seconds.
fn time(text: &str) -> Result<Timestamp, FactsError> {
    text.parse::<Timestamp>()
        .or_else(|_| text.parse::<Zoned>().map(|zoned| zoned.timestamp()))
        .map_err(|_| FactsError::Time(text.to_owned()))
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(80).collect()
}
