//! Keeps what concerns the incident: the given window, else the days around its alerts and chat.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{EventKind, Incident, SourceClass, Warning};

use super::Options;
use super::fact::Fact;

/// Changes this long before the first sign of the incident may have caused it.
const BEFORE: SignedDuration = SignedDuration::from_hours(12);
/// Fixes and follow-ups come this long after the last sign.
const AFTER: SignedDuration = SignedDuration::from_hours(12);
/// Conversation is kept more generously: impact and actions are gathered over days.
const TALK: SignedDuration = SignedDuration::from_hours(96);

/// Leaves out what lies outside the window, and says how much and from where.
pub(super) fn keep(
    facts: Vec<Fact>,
    incident: &Incident,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Vec<Fact> {
    if let Some((from, to)) = options.window.or(incident.window) {
        return split(facts, warnings, "the given window", |fact| {
            fact.at >= from && fact.at <= to || fact.until.is_some_and(|until| until >= from && fact.at <= to)
        });
    }
    let Some((from, to)) = core(&facts) else { return facts };
    let mut talked: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    for fact in facts.iter().filter(|fact| fact.is_human()) {
        talked.extend(numbers(&fact.text));
    }
    let inside = |fact: &Fact, before: SignedDuration, after: SignedDuration| {
        fact.at.duration_since(from) >= -before && fact.at.duration_since(to) <= after
    };
    split(facts, warnings, "the hours around the alerts and the conversation", |fact| {
        let mentioned = fact.keys_of("pr").any(|number| talked.contains(number));
        match fact.class {
            SourceClass::Chat | SourceClass::Memory => inside(fact, TALK, TALK),
            _ => inside(fact, BEFORE, AFTER) || mentioned && inside(fact, TALK, TALK),
        }
    })
}

fn split(
    facts: Vec<Fact>,
    warnings: &mut Vec<Warning>,
    span: &str,
    inside: impl Fn(&Fact) -> bool,
) -> Vec<Fact> {
    let (kept, left): (Vec<Fact>, Vec<Fact>) = facts.into_iter().partition(inside);
    let mut by_file: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for fact in &left {
        *by_file.entry(fact.origin.file.clone()).or_default() += 1;
    }
    for (file, count) in by_file {
        let message = format!("{count} records lie outside {span} and were left out; widen it with --window");
        warnings.push(Warning::new(file, None, message));
    }
    kept
}

/// First and last sign of the incident: alerts and pages that were acted on, else the busiest stretch of conversation.
/// `None` when there is neither, as in a folder that holds a git log alone.
fn core(facts: &[Fact]) -> Option<(Timestamp, Timestamp)> {
    let sign = |fact: &&Fact| {
        let page = matches!(
            fact.kind,
            EventKind::AlertFired
                | EventKind::AlertAcknowledged
                | EventKind::Escalation
                | EventKind::Declared
        );
        page || fact.is_human()
    };
    let signs: Vec<Timestamp> = facts.iter().filter(sign).map(|fact| fact.at).collect();
    // The busiest stretch: signs that follow each other within six hours.
    let mut best: Option<(usize, Timestamp, Timestamp)> = None;
    let mut start = 0;
    for at in 0..signs.len() {
        let ends = signs
            .get(at + 1)
            .is_none_or(|next| next.duration_since(signs[at]) > SignedDuration::from_hours(6));
        if ends {
            let size = at - start + 1;
            if best.is_none_or(|(most, _, _)| size > most) {
                best = Some((size, signs[start], signs[at]));
            }
            start = at + 1;
        }
    }
    best.map(|(_, from, to)| (from, to))
}

/// Numbers of pull requests and tickets in a text: `#4521`, `/pull/4521`.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mark in ["#", "/pull/", "/pulls/", "/merge_requests/", "PR ", "PR#"] {
        for (at, _) in text.match_indices(mark) {
            let digits: String = text[at + mark.len()..].chars().take_while(char::is_ascii_digit).collect();
            if digits.len() >= 2 {
                found.push(digits);
            }
        }
    }
    found
}
