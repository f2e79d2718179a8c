//! When it began: the change that directly led to the trouble and was taken back later, else the first trouble.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::fact::seconds;
use crate::evidence::timeline::reversal::is_landed;
use crate::evidence::timeline::scene::Scene;
use crate::evidence::timeline::scope::identities;

use super::{Mark, told};

/// A change that came longer than this before the trouble did not directly lead to it.
const DIRECTLY_S: i64 = 900;
/// Steps of one roll-out follow each other within this time.
const STEP_S: i64 = 120;
/// Troubles further apart than this belong to different incidents.
const RUN_S: i64 = 3 * 3600;
/// Trouble that pauses longer than this before the detection was another trouble.
const PAUSE_S: i64 = 1200;

static TAKES_EFFECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:reload(?:s|ed|ing)?|scaled up|roll(?:ing|ed)?[ -]?(?:out|update)|sync(?:s|ed|hroni[sz]ed)?|deployed|new configuration|applied|activated)\b",
    )
});

pub(super) fn find(scene: &Scene<'_>, detected: Option<&Mark>) -> Option<Mark> {
    let Some(detected) = detected else { return unwatched(scene) };
    let trouble = first_trouble(scene, detected.at);
    let felt = trouble.map_or(detected.at, |(_, at)| at);
    if let Some(mark) = taking_effect(scene, felt, trouble) {
        return Some(mark);
    }
    // An alert fires some time after the trouble began; logs and readings show the trouble itself.
    let shown = trouble.filter(|(index, _)| scene.facts[*index].kind != EventKind::AlertFired);
    if let Some((index, at)) = shown {
        return Some(Mark::new(at, [index], 0.7));
    }
    let told = told::beginning(scene, felt).or_else(|| told::noted(scene, felt));
    match (told, trouble) {
        (Some(told), _) => Some(told),
        (None, Some((index, at))) => Some(Mark::new(at, [index], 0.7)),
        (None, None) => undone(scene, felt)
            .or_else(|| Some(Mark { confidence: detected.confidence * 0.6, ..detected.clone() })),
    }
}

/// Where nobody is on record as noticing: the first trouble of the run of troubles that has most of them.
fn unwatched(scene: &Scene<'_>) -> Option<Mark> {
    let apart = |a: &usize, b: &usize| seconds(scene.facts[*a].at, scene.facts[*b].at) <= RUN_S;
    let runs = scene.troubles.chunk_by(apart);
    let main = runs.max_by(|a, b| a.len().cmp(&b.len()).then(b[0].cmp(&a[0])))?;
    Some(Mark::new(scene.facts[main[0]].at, [main[0]], 0.4))
}

/// The first of the troubles that lead without a long pause to the detection.
fn first_trouble(scene: &Scene<'_>, detected: Timestamp) -> Option<(usize, Timestamp)> {
    let mut first: Option<(usize, Timestamp)> = None;
    let before = scene
        .inside()
        .rev()
        .filter(|(at, fact)| fact.at <= detected && !fact.is_human() && scene.is_trouble(*at));
    for (at, fact) in before {
        let next = first.map_or(detected, |(_, at)| at);
        if seconds(fact.at, next) > PAUSE_S {
            break;
        }
        first = Some((at, fact.at));
    }
    first
}

/// The last roll-out of a change that was taken back later, when it directly precedes the trouble. Its steps (deploy,
/// scaling, reload) form runs; what counts is where the last run before the trouble begins, for a change that waits
/// for a reload has no effect before it.
fn taking_effect(scene: &Scene<'_>, felt: Timestamp, trouble: Option<(usize, Timestamp)>) -> Option<Mark> {
    let mut best: Option<Mark> = None;
    for reversal in scene
        .reversals
        .iter()
        .filter(|reversal| scene.facts[reversal.by].at >= felt && !scene.is_vain(**reversal))
    {
        let changed = &scene.facts[reversal.of];
        let ids = identities(changed);
        let same =
            |at: usize| at == reversal.of || identities(&scene.facts[at]).iter().any(|id| ids.contains(id));
        let until = |at: usize| seconds(scene.facts[at].at, felt) >= -5;
        let changes: Vec<usize> = (0..scene.facts.len())
            .filter(|at| {
                let fact = &scene.facts[*at];
                same(*at)
                    && until(*at)
                    && fact.kind.is_change()
                    && fact.kind != EventKind::Rollback
                    && is_landed(fact)
            })
            .collect();
        let deploys = changes.iter().any(|at| scene.facts[*at].kind == EventKind::Deploy);
        let Some(first) = changes.iter().map(|at| scene.facts[*at].at).min() else { continue };
        let mut steps: Vec<usize> = changes;
        steps.retain(|at| !deploys || scene.facts[*at].kind == EventKind::Deploy);
        steps.extend(
            scene
                .inside()
                .filter(|(at, fact)| {
                    let machine = fact.class == SourceClass::Automated && fact.kind != EventKind::Metric;
                    machine && fact.at >= first && until(*at) && TAKES_EFFECT.is_match(&fact.text)
                })
                .map(|(at, _)| at),
        );
        steps.sort_unstable();
        steps.dedup();
        let Some(begin) = last_run(scene, &steps) else { continue };
        let at = scene.facts[steps[begin]].at;
        if seconds(at, felt) > DIRECTLY_S {
            continue;
        }
        let mut same_moment: Vec<usize> =
            steps[begin..].iter().copied().filter(|step| scene.facts[*step].at == at).collect();
        let telling = |step: &usize| matches!(scene.facts[*step].kind, EventKind::Deploy | EventKind::Action);
        if same_moment.iter().any(telling) {
            same_moment.retain(telling);
        }
        let evidence = same_moment.into_iter().chain(trouble.map(|(index, _)| index)).chain([reversal.by]);
        let mark = Mark::new(at, evidence, if trouble.is_some() { 0.85 } else { 0.7 });
        if best.as_ref().is_none_or(|best| mark.at > best.at) {
            best = Some(mark);
        }
    }
    best
}

/// Where nothing shows the trouble before a person saw it: the change that was taken back for it, days before if need be.
fn undone(scene: &Scene<'_>, felt: Timestamp) -> Option<Mark> {
    let back = scene.reversals.iter().filter(|reversal| {
        scene.facts[reversal.by].at >= felt
            && scene.facts[reversal.of].at <= felt
            && scene.scope.inside[reversal.by]
            && !scene.is_vain(**reversal)
    });
    let reversal = back.min_by_key(|reversal| (scene.facts[reversal.by].at, reversal.by))?;
    Some(Mark::new(scene.facts[reversal.of].at, [reversal.of, reversal.by], 0.5))
}

/// Position of the first step of the last run.
fn last_run(scene: &Scene<'_>, steps: &[usize]) -> Option<usize> {
    let mut begin = steps.len().checked_sub(1)?;
    while begin > 0 && seconds(scene.facts[steps[begin - 1]].at, scene.facts[steps[begin]].at) <= STEP_S {
        begin -= 1;
    }
    Some(begin)
}
