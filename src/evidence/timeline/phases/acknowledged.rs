//! When somebody took the incident on.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, Role};
use crate::evidence::pattern;
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::scene::Scene;

use super::Mark;

/// Whoever speaks up later than this was not the one who took it on.
const SOON_S: i64 = 1800;

static TAKES_ON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:ack(?:ed|nowledged?)?|on it|looking(?: into| at)?|investigating|taking a look|i'?ll (?:take|look)|i take (?:this|it)|checking)\b",
    )
});

pub(super) fn find(scene: &Scene<'_>, detected: Option<&Mark>) -> Option<Mark> {
    let detected = detected?;
    let since = || scene.lived().filter(|(_, fact)| fact.at >= detected.at);
    if let Some((at, fact)) = since().find(|(_, fact)| fact.kind == EventKind::AlertAcknowledged) {
        return Some(Mark::new(fact.at, [at], 0.95));
    }
    let reporters: Vec<&Option<String>> = detected
        .evidence
        .iter()
        .map(|at| &scene.facts[*at])
        .filter(|fact| fact.is_human())
        .map(|fact| &fact.actor)
        .collect();
    let soon = |fact: &Fact| seconds(detected.at, fact.at) <= SOON_S;
    let taken = |fact: &Fact| {
        fact.is_human()
            && soon(fact)
            && TAKES_ON.is_match(&fact.text)
            && !(fact.actor.is_some() && reporters.contains(&&fact.actor))
    };
    if let Some((at, fact)) = since().find(|(at, fact)| !detected.evidence.contains(at) && taken(fact)) {
        return Some(Mark::new(fact.at, [at], 0.7));
    }
    let works = |fact: &Fact| {
        matches!(
            fact.role,
            Some(Role::Diagnosis | Role::Hypothesis | Role::Action | Role::Decision | Role::Mitigation)
        )
    };
    let (at, fact) = since()
        .find(|(at, fact)| !detected.evidence.contains(at) && fact.is_human() && soon(fact) && works(fact))?;
    Some(Mark::new(fact.at, [at], 0.4))
}
