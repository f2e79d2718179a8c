//! Ranks the changes that may have set the incident off.

use jiff::Timestamp;

use crate::domain::{EventId, EventKind, Trigger, WENT_ON};

use super::fact::{Fact, seconds};
use super::scene::Scene;
use super::scope::identities;
use super::window::numbers;

/// Changes longer than this before the start are candidates only when they were taken back.
const RECENT_S: i64 = 6 * 3600;
/// Candidates named at most.
const MOST: usize = 8;

/// Changes before the start, likeliest first: taken back later, close in time, of the same service, talked about. A
/// merge alone is no deploy, so a deploy of the same change stands before it.
pub(super) fn triggers(
    scene: &Scene<'_>,
    started: Option<Timestamp>,
    id: &dyn Fn(usize) -> EventId,
) -> Vec<Trigger> {
    let start = started.or_else(|| scene.reversals.first().map(|first| scene.facts[first.by].at));
    let Some(start) = start else { return Vec::new() };
    let spoken: std::collections::BTreeSet<String> =
        scene.facts.iter().filter(|fact| fact.is_human()).flat_map(|fact| numbers(&fact.text)).collect();
    let mut found: Vec<(usize, Trigger)> = Vec::new();
    for (at, fact) in scene.facts.iter().enumerate() {
        let before = seconds(fact.at, start);
        if !fact.kind.is_change() || before < -60 {
            continue;
        }
        let reverted = reverted_by(scene, fact, at);
        if reverted.is_none() && (before > RECENT_S || fact.kind == EventKind::Rollback) {
            continue;
        }
        let mut why = Vec::new();
        let mut score = 0.3 / (1.0 + before.max(0) as f64 / 1800.0);
        why.push(when(before));
        match reverted {
            Some((_, true)) => why.push(format!("was taken back later, {WENT_ON}")),
            Some((_, false)) => {
                score += 0.45;
                why.push("was taken back later".to_owned());
            }
            None => {}
        }
        if scene.scope.inside[at] {
            score += 0.1;
            why.push("touches a service or change that the incident is about".to_owned());
        }
        if fact.keys_of("pr").any(|number| spoken.contains(number)) {
            score += 0.1;
            why.push("was named in the conversation".to_owned());
        }
        if matches!(fact.kind, EventKind::Deploy | EventKind::ConfigChange) {
            score += 0.05;
            why.push("reached a running system".to_owned());
        }
        let score = (score * 100.0).round() / 100.0;
        found.push((at, Trigger { event: id(at), score, why, reverted_by: reverted.map(|(by, _)| id(by)) }));
    }
    found.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
    found.truncate(MOST);
    found.into_iter().map(|(_, trigger)| trigger).collect()
}

/// The change that takes this one back, directly or another record of the same change, and whether that was in vain.
fn reverted_by(scene: &Scene<'_>, fact: &Fact, at: usize) -> Option<(usize, bool)> {
    let ids = identities(fact);
    scene
        .reversals
        .iter()
        .filter(|reversal| reversal.by > at)
        .find(|reversal| {
            reversal.of == at || identities(&scene.facts[reversal.of]).iter().any(|id| ids.contains(id))
        })
        .map(|reversal| (reversal.by, scene.is_vain(*reversal)))
}

fn when(before: i64) -> String {
    match before {
        ..60 => "at the start of the incident".to_owned(),
        60..7200 => format!("{} min before the start", before / 60),
        _ => format!("{} h before the start", before / 3600),
    }
}
