//! Folds repetitions of one alert or log line into one fact with a count, and alert storms into one line.

use std::collections::BTreeSet;

use crate::domain::{EventKind, SourceClass};

use super::fact::Fact;

/// Machine lines of one shape closer than this are one thing that happened to several parts.
const LINES_S: i64 = 120;
/// Firings of one alert closer than this are one alert that flaps or is repeated.
const ALERTS_S: i64 = 900;
/// Different alerts of one service closer than this belong to one storm.
const STORM_GAP_S: i64 = 300;
/// A storm has at least this many different alerts.
const STORM: usize = 5;

/// Input and output are in [`Fact::order`].
pub(super) fn collapse(facts: Vec<Fact>) -> Vec<Fact> {
    storms(repeats(facts))
}

fn repeats(facts: Vec<Fact>) -> Vec<Fact> {
    let mut kept: Vec<Fact> = Vec::with_capacity(facts.len());
    let mut last: std::collections::BTreeMap<Shape, (usize, i64)> = std::collections::BTreeMap::new();
    for fact in facts {
        let Some(shape) = Shape::of(&fact) else {
            kept.push(fact);
            continue;
        };
        let now = fact.at.as_second();
        let reach = if shape.alert { ALERTS_S } else { LINES_S };
        match last.get_mut(&shape) {
            Some((at, seen)) if now - *seen <= reach => {
                *seen = now;
                absorb(&mut kept[*at], fact);
            }
            _ => {
                last.insert(shape, (kept.len(), now));
                kept.push(fact);
            }
        }
    }
    kept
}

/// What makes two machine lines repetitions of each other.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    alert: bool,
    source: String,
    kind: EventKind,
    words: String,
}

impl Shape {
    fn of(fact: &Fact) -> Option<Self> {
        let alert = matches!(fact.kind, EventKind::AlertFired | EventKind::AlertResolved);
        let line = matches!(fact.kind, EventKind::Log | EventKind::Observation | EventKind::Action)
            && fact.class == SourceClass::Automated
            && fact.source == "kubernetes";
        if !alert && !line {
            return None;
        }
        let words = match fact.labels.get("alertname").filter(|_| alert) {
            Some(name) => name.clone(),
            // A line that comes with its own count already tells of many; only the same words repeat it.
            None if fact.count > 1 => fact.text.clone(),
            None => shape(&fact.text),
        };
        Some(Self { alert, source: fact.source.clone(), kind: fact.kind, words })
    }
}

/// The text without what changes from one repetition to the next: words with digits.
fn shape(text: &str) -> String {
    let kept = text
        .split_whitespace()
        .map(|word| if word.bytes().any(|byte| byte.is_ascii_digit()) { "#" } else { word });
    kept.collect::<Vec<_>>().join(" ")
}

fn absorb(known: &mut Fact, fact: Fact) {
    known.count = known.count.saturating_add(fact.count);
    known.until = known.until.max(fact.until).max(Some(fact.at).filter(|at| *at > known.at));
    if fact.text != known.text {
        known.said.push(fact.text);
    }
    known.also.push(fact.origin);
    known.also.extend(fact.also);
    known.keys.extend(fact.keys);
    for service in fact.services {
        if !known.services.contains(&service) {
            known.services.push(service);
        }
    }
}

/// Many different alerts of the same service within minutes say one thing; an unrelated one stays apart.
fn storms(facts: Vec<Fact>) -> Vec<Fact> {
    let fired: Vec<usize> = (0..facts.len()).filter(|at| facts[*at].kind == EventKind::AlertFired).collect();
    let mut groups: Vec<(Vec<usize>, BTreeSet<String>)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for at in fired {
        let subjects = subjects(&facts[at]);
        let last = |group: usize| groups[group].0.last().map_or(0, |last| facts[*last].at.as_second());
        open.retain(|group| facts[at].at.as_second() - last(*group) <= STORM_GAP_S);
        match open.iter().copied().find(|group| !groups[*group].1.is_disjoint(&subjects)) {
            Some(home) => {
                let (members, shared) = &mut groups[home];
                members.push(at);
                *shared = shared.intersection(&subjects).cloned().collect();
            }
            None => {
                open.push(groups.len());
                groups.push((vec![at], subjects));
            }
        }
    }
    let mut facts: Vec<Option<Fact>> = facts.into_iter().map(Some).collect();
    for (members, _) in groups.into_iter().filter(|(members, _)| members.len() >= STORM) {
        for at in &members[1..] {
            if let Some(fact) = facts[*at].take()
                && let Some(first) = facts[members[0]].as_mut()
            {
                absorb(first, fact);
            }
        }
    }
    facts.into_iter().flatten().collect()
}

fn subjects(fact: &Fact) -> BTreeSet<String> {
    let labels =
        ["team", "environment"].iter().filter_map(|name| Some(format!("{name}={}", fact.labels.get(*name)?)));
    fact.services.iter().map(|service| format!("service={}", service.to_lowercase())).chain(labels).collect()
}
