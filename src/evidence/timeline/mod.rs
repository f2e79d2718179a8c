//! From records to the timeline of one incident: place in time, merge, find milestones, choose what a reader needs.
//!
//! Each step is a file and looks only at what the steps before it made. Everything is pure and independent of the order
//! of its input: records are put in a total order first, and every tie is broken by content.

mod assumed_day;
mod clock;
mod collapse;
mod cues;
mod day;
mod evaluate;
mod fact;
mod gaps;
mod key;
mod landing;
mod merge;
mod offset;
mod options;
mod people;
mod phases;
mod relay;
mod reversal;
mod scene;
mod scope;
mod severity;
mod speech;
mod stamps;
mod terms;
mod title;
mod triggers;
mod window;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::domain::{Conflict, EventId, Incident, Origin, Timeline};
use crate::evidence::Record;

pub use evaluate::{Facts, FactsError, Measure, PhaseResult, Pooled, Thresholds, evaluate};
pub use options::Options;
pub use severity::severity;
pub use title::title;

use clock::Correction;
use fact::Fact;
use phases::Dispute;
use scene::Scene;

/// Builds the timeline. `sources` stays empty and `warnings` holds only what this step found: whoever read the files
/// adds theirs.
#[must_use]
pub fn build(records: Vec<Record>, incident: Incident, options: &Options) -> Timeline {
    let placed = clock::place(records, &incident, options);
    let mut warnings = placed.warnings;
    let mut facts = placed.facts;
    people::unify(&mut facts);
    relay::read(&mut facts);
    landing::name(&mut facts);
    let facts = merge::merge(facts);
    let mut facts = collapse::collapse(window::keep(facts, &incident, options, &mut warnings));
    speech::read(&mut facts, &options.roles);
    facts.sort_by(Fact::order);

    let scene = Scene::new(&facts, &incident);
    let found = phases::find(&scene);
    let id = |at: usize| EventId(u32::try_from(at + 1).unwrap_or(u32::MAX));
    let phases = found.phases(&id);
    let started = found.started.as_ref().map(|mark| mark.at);
    let gaps = match (started, found.resolved.as_ref().map(|mark| mark.at)) {
        (Some(from), Some(to)) => gaps::gaps(&scene, from, to, options.gap),
        _ => Vec::new(),
    };
    let triggers = triggers::triggers(&scene, started, &id);
    let key = key::select(&scene, &found);
    let conflicts = conflicts(placed.corrections, &found.disputes, &facts, &id);
    let events = facts
        .into_iter()
        .zip(key)
        .enumerate()
        .map(|(at, (fact, key))| fact.into_event(id(at), key))
        .collect();
    warnings.sort();
    Timeline {
        incident,
        durations: phases.durations(),
        phases,
        events,
        gaps,
        conflicts,
        triggers,
        sources: Vec::new(),
        warnings,
    }
}

/// Corrected files first, then milestones that sources tell differently.
fn conflicts(
    corrections: Vec<Correction>,
    disputes: &[Dispute],
    facts: &[Fact],
    id: &dyn Fn(usize) -> EventId,
) -> Vec<Conflict> {
    let mut places: BTreeMap<&Origin, EventId> = BTreeMap::new();
    for (at, fact) in facts.iter().enumerate() {
        for origin in std::iter::once(&fact.origin).chain(&fact.also) {
            places.entry(origin).or_insert_with(|| id(at));
        }
    }
    let unique = |mut evidence: Vec<EventId>| {
        evidence.sort_unstable();
        evidence.dedup();
        evidence
    };
    let corrected = corrections.into_iter().map(|correction| Conflict {
        evidence: unique(
            correction.evidence.iter().filter_map(|origin| places.get(origin).copied()).collect(),
        ),
        what: correction.what,
        kept: correction.kept,
    });
    let disputed = disputes.iter().map(|dispute| Conflict {
        evidence: unique(dispute.evidence.iter().map(|at| id(*at)).collect()),
        what: dispute.what.clone(),
        kept: dispute.kept.clone(),
    });
    corrected.chain(disputed).collect()
}
