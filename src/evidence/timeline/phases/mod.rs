//! Finds the five milestones, each with the facts it rests on and how sure it is; "not found" is an answer.

mod acknowledged;
mod detected;
mod mitigated;
mod quiet;
mod recovery;
mod resolved;
mod retold;
mod started;
mod stated;
mod told;

use jiff::Timestamp;

use crate::domain::{EventId, Phase, PhaseMark, Phases};

use super::scene::Scene;

/// A milestone before the facts have ids.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub(super) at: Timestamp,
    /// Indexes of facts.
    pub(super) evidence: Vec<usize>,
    /// 0 to 1.
    pub(super) confidence: f64,
}

impl Mark {
    fn new(at: Timestamp, evidence: impl IntoIterator<Item = usize>, confidence: f64) -> Self {
        let mut evidence: Vec<usize> = evidence.into_iter().collect();
        evidence.sort_unstable();
        evidence.dedup();
        Self { at, evidence, confidence }
    }
}

/// Two sources that tell a milestone differently.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dispute {
    pub(super) evidence: Vec<usize>,
    pub(super) what: String,
    pub(super) kept: String,
}

/// The milestones and where sources disagree about them.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub(super) started: Option<Mark>,
    pub(super) detected: Option<Mark>,
    pub(super) acknowledged: Option<Mark>,
    pub(super) mitigated: Option<Mark>,
    pub(super) resolved: Option<Mark>,
    pub(super) disputes: Vec<Dispute>,
}

pub(super) fn find(scene: &Scene<'_>) -> Found {
    let mut found = Found::default();
    let disputes = &mut found.disputes;
    let seen = detected::find(scene, disputes);
    found.detected = stated::settle(scene, Phase::Detected, seen, disputes);
    let seen = started::find(scene, found.detected.as_ref());
    found.started = stated::settle(scene, Phase::Started, seen, disputes);
    let begun = found.detected.as_ref().or(found.started.as_ref()).map(|mark| mark.at);
    let seen = acknowledged::find(scene, found.detected.as_ref());
    found.acknowledged = stated::settle(scene, Phase::Acknowledged, seen, disputes);
    let seen = mitigated::find(scene, begun, disputes);
    found.mitigated = stated::settle(scene, Phase::Mitigated, seen, disputes);
    let seen = resolved::find(scene, begun, found.mitigated.as_ref(), disputes);
    found.resolved = stated::settle(scene, Phase::Resolved, seen, disputes);
    if found.mitigated.is_none() && found.resolved.is_none() {
        found.resolved = quiet::find(scene, begun);
        found.mitigated.clone_from(&found.resolved);
    }
    found.disputes.extend(retold::disputes(scene));
    found.in_order();
    found
}

impl Found {
    /// Started ≤ detected ≤ acknowledged, and mitigated ≤ resolved: a milestone that breaks the order is moved to its
    /// neighbour when that is the better founded one, or dropped.
    fn in_order(&mut self) {
        if let (Some(started), Some(detected)) = (&mut self.started, &self.detected)
            && started.at > detected.at
        {
            *started = Mark { confidence: 0.3, ..detected.clone() };
        }
        let begun = self.detected.as_ref().or(self.started.as_ref()).map(|mark| mark.at);
        for late in [&mut self.acknowledged, &mut self.mitigated, &mut self.resolved] {
            if late.as_ref().is_some_and(|mark| begun.is_some_and(|begun| mark.at < begun)) {
                *late = None;
            }
        }
        if let (Some(mitigated), Some(resolved)) = (&mut self.mitigated, &self.resolved)
            && mitigated.at > resolved.at
        {
            *mitigated =
                Mark { confidence: mitigated.confidence.min(resolved.confidence), ..resolved.clone() };
        }
    }

    /// With ids in place of indexes.
    pub(super) fn phases(&self, id: &dyn Fn(usize) -> EventId) -> Phases {
        let mark = |mark: &Option<Mark>| {
            mark.as_ref().map(|mark| PhaseMark {
                at: mark.at,
                evidence: mark.evidence.iter().map(|at| id(*at)).collect(),
                confidence: (mark.confidence * 100.0).round() / 100.0,
            })
        };
        Phases {
            started: mark(&self.started),
            detected: mark(&self.detected),
            acknowledged: mark(&self.acknowledged),
            mitigated: mark(&self.mitigated),
            resolved: mark(&self.resolved),
        }
    }

    /// Every fact that a milestone rests on; a mere guess who took it on is not worth a line.
    pub(super) fn evidence(&self) -> impl Iterator<Item = usize> + '_ {
        let acknowledged = self.acknowledged.as_ref().filter(|mark| mark.confidence >= 0.5);
        [&self.started, &self.detected, &self.mitigated, &self.resolved]
            .into_iter()
            .flatten()
            .chain(acknowledged)
            .flat_map(|mark| mark.evidence.iter().copied())
    }
}

/// A time as the tables of a draft show it.
fn spoken(at: Timestamp) -> impl std::fmt::Display {
    at.strftime("%Y-%m-%d %H:%M:%S UTC")
}
