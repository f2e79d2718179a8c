//! When the impact stopped: the first sign of recovery that held; of two attempts the one that worked.

use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::timeline::fact::seconds;
use crate::evidence::timeline::reversal::is_landed;
use crate::evidence::timeline::scene::Scene;

use super::recovery::{Recovery, holds, recoveries, relapse};
use super::resolved::closing;
use super::{Dispute, Mark, spoken};

/// People write that it is over within this time of what the machines show.
const SAME_RECOVERY_S: i64 = 1800;

pub(super) fn find(scene: &Scene<'_>, begun: Option<Timestamp>, disputes: &mut Vec<Dispute>) -> Option<Mark> {
    let candidates = recoveries(scene, begun);
    let end = closing(scene, begun).map(|(_, at)| at);
    let held = candidates.iter().find(|candidate| holds(scene, **candidate, end)).copied();
    let (first, sure) = match held {
        Some(first) => (first, true),
        None => (*candidates.iter().rfind(|candidate| end.is_none_or(|end| candidate.at <= end))?, false),
    };
    // What machines measured is nearer to the moment than what people wrote about it.
    let measured = candidates.iter().find(|other| {
        other.class == SourceClass::Automated
            && other.at >= first.at
            && seconds(first.at, other.at) <= SAME_RECOVERY_S
            && (!sure || holds(scene, **other, end))
            && is_early(scene, first, **other)
    });
    let chosen = measured.copied().unwrap_or(first);
    if let Some(mark) = taken_back(scene, begun, chosen.at) {
        return Some(mark);
    }
    disputes.extend(too_early(scene, &candidates, chosen.at));
    let near = |other: &&Recovery| seconds(chosen.at, other.at).abs() <= 300;
    let tool = candidates
        .iter()
        .filter(near)
        .find(|other| scene.facts[other.index].kind == EventKind::AlertResolved);
    let classes: std::collections::BTreeSet<SourceClass> =
        candidates.iter().filter(near).map(|other| other.class).collect();
    let confidence = if sure { 0.6 + 0.1 * classes.len().min(3) as f64 } else { 0.4 };
    Some(Mark::new(chosen.at, tool.map(|tool| tool.index).into_iter().chain([chosen.index]), confidence))
}

/// A roll-back that nobody called vain, long before anybody says that it is better: the impact ended with it.
fn taken_back(scene: &Scene<'_>, begun: Option<Timestamp>, said: Timestamp) -> Option<Mark> {
    let mut back = scene.reversals.iter().filter(|reversal| {
        let by = &scene.facts[reversal.by];
        let open = begun.is_none_or(|begun| by.at >= begun) && seconds(by.at, said) > SAME_RECOVERY_S;
        let still = is_troubled(scene, (Bound::Excluded(by.at), Bound::Excluded(said)));
        open && scene.scope.inside[reversal.by] && is_landed(by) && !scene.is_vain(**reversal) && !still
    });
    let reversal = back.next_back()?;
    Some(Mark::new(scene.facts[reversal.by].at, [reversal.by], 0.5))
}

/// What people called better or over before it was, each with the trouble that followed.
fn too_early(scene: &Scene<'_>, candidates: &[Recovery], held: Timestamp) -> Vec<Dispute> {
    let said = candidates.iter().filter(|claim| claim.at < held && scene.facts[claim.index].is_human());
    said.filter_map(|claim| {
        let relapse = relapse(scene, *claim, Some(held))?;
        Some(Dispute {
            evidence: vec![claim.index, relapse],
            what: format!(
                "said to be better at {}, but the trouble was there at {}",
                spoken(claim.at),
                spoken(scene.facts[relapse].at)
            ),
            kept: format!("{}, the first recovery that held", spoken(held)),
        })
    })
    .collect()
}

/// Whether machines still showed trouble shortly before `measured`, so that the earlier word was too early.
fn is_early(scene: &Scene<'_>, first: Recovery, measured: Recovery) -> bool {
    first.class != SourceClass::Automated && seconds(first.at, measured.at) <= 300
        || is_troubled(scene, first.at..measured.at)
}

/// Whether machines show trouble at a time of the range.
fn is_troubled(scene: &Scene<'_>, times: impl RangeBounds<Timestamp>) -> bool {
    scene.troubles.iter().map(|at| &scene.facts[*at]).any(|fact| times.contains(&fact.at) && !fact.is_human())
}
