//! Chooses the 8 to 30 events that a reader of the postmortem needs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;

use super::cues::{State, is_relapse, state};
use super::fact::{Fact, seconds};
use super::phases::Found;
use super::reversal::is_landed;
use super::scene::Scene;
use super::scope::identities;

/// Never more than this, whatever is forced.
const MOST: usize = 30;
/// What scores below this is left out even when there is room.
const ENOUGH: f64 = 2.0;
/// This much or more is shown while there is room, however much it resembles what is shown already.
const FORCED: f64 = 10.0;
/// Lines this close that say nearly the same are told once.
const NEAR_S: i64 = 300;

/// A person opens the review: what follows is about impact, causes and actions, no longer about events.
static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:collecting impact|impact please|what (?:made|makes) (?:this|it) possible|what went well|what (?:went|could)|(?:proposals for )?actions? (?:with|:|items?)|lessons?(?: learned)?|post-?mortem|post-?incident review|retro(?:spective)?|thread for impact|root cause analysis)\b")
});
static PLAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:by \d{4}-\d{2}|by (?:mon|tues|wednes|thurs|fri)day|next (?:week|sprint|quarter)|until (?:friday|monday|next)|i'?ll (?:add|write|set up|create|own)|action item|tracking as)\b")
});
static JOINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bhas joined the channel\b|\bjoined #"));

/// Whether each fact is key, in order of the facts.
pub(super) fn select(scene: &Scene<'_>, found: &Found) -> Vec<bool> {
    let judge = Judge::new(scene, found);
    let mut order: Vec<(f64, usize)> =
        (0..scene.facts.len()).map(|at| (judge.score(at), at)).filter(|(score, _)| *score >= ENOUGH).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    for (score, at) in order {
        if chosen.len() >= MOST {
            break;
        }
        let said = chosen.iter().map(|other| judge.likeness(*other, at)).fold(0.0, f64::max);
        if score >= FORCED || score - 2.5 * said >= ENOUGH {
            chosen.insert(at);
        }
    }
    (0..scene.facts.len()).map(|at| chosen.contains(&at)).collect()
}

struct Judge<'a> {
    scene: &'a Scene<'a>,
    evidence: BTreeSet<usize>,
    /// Ids of the changes that were taken back or took back.
    chain: BTreeSet<&'a str>,
    started: Option<Timestamp>,
    mitigated: Option<Timestamp>,
    resolved: Option<Timestamp>,
    review: Option<Timestamp>,
    /// First fact of every shape of machine line after the start.
    novel: BTreeSet<usize>,
    terms: Vec<BTreeSet<String>>,
}

impl<'a> Judge<'a> {
    fn new(scene: &'a Scene<'a>, found: &Found) -> Self {
        let resolved = found.resolved.as_ref().map(|mark| mark.at);
        let started = found.started.as_ref().map(|mark| mark.at);
        let review = scene
            .inside()
            .find(|(_, fact)| {
                fact.is_human() && REVIEW.is_match(&fact.text) && resolved.is_some_and(|resolved| fact.at >= resolved)
            })
            .map(|(_, fact)| fact.at);
        let chain = scene
            .reversals
            .iter()
            .flat_map(|reversal| [reversal.by, reversal.of])
            .flat_map(|at| identities(&scene.facts[at]))
            .collect();
        Self {
            scene,
            evidence: found.evidence().collect(),
            chain,
            started,
            mitigated: found.mitigated.as_ref().map(|mark| mark.at),
            resolved,
            review,
            novel: novel(scene, started),
            terms: scene.facts.iter().map(Fact::terms).collect(),
        }
    }

    fn score(&self, at: usize) -> f64 {
        let fact = &self.scene.facts[at];
        if self.evidence.contains(&at) {
            return FORCED + 2.0;
        }
        if !self.scene.scope.inside[at] {
            return 0.0;
        }
        match fact.kind {
            EventKind::AlertFired => self.within(fact, FORCED, 2.5),
            EventKind::AlertAcknowledged => 2.5,
            EventKind::AlertResolved => self.within(fact, 3.0, 1.0),
            EventKind::Escalation => self.escalation(fact),
            EventKind::Declared => FORCED,
            _ if fact.kind.is_change() => self.change(fact),
            _ if fact.is_human() => self.said(at, fact),
            EventKind::StatusUpdate | EventKind::Resolved => self.within(fact, 3.0, 2.2),
            _ if fact.class == SourceClass::Deploy => self.pipeline(fact),
            _ if fact.class == SourceClass::Automated => self.machine(at, fact),
            _ => 0.0,
        }
    }

    /// `open` while the incident was open, `outside` before and after.
    fn within(&self, fact: &Fact, open: f64, outside: f64) -> f64 {
        let begun = self.started.is_none_or(|started| seconds(started, fact.at) >= -60);
        let ended = self.resolved.is_some_and(|resolved| seconds(resolved, fact.at) > 300);
        if begun && !ended { open } else { outside }
    }

    fn escalation(&self, fact: &Fact) -> f64 {
        let subtype = fact.labels.get("subtype").map_or("escalate", String::as_str);
        match subtype {
            "notify" | "assign" => 1.0,
            _ => FORCED,
        }
    }

    /// Landed changes of the chain that was taken back; a commit is told by its merge.
    fn change(&self, fact: &Fact) -> f64 {
        let linked = identities(fact).iter().any(|id| self.chain.contains(id));
        match (is_landed(fact), linked || fact.kind == EventKind::Rollback) {
            (true, true) => FORCED,
            (true, false) => self.within(fact, 2.5, 2.0),
            (false, true) => 3.0,
            (false, false) => 1.0,
        }
    }

    /// Pipeline runs of a change in the chain.
    fn pipeline(&self, fact: &Fact) -> f64 {
        let linked = identities(fact).iter().any(|id| self.chain.contains(id));
        if linked { 3.0 } else { 0.5 }
    }

    fn machine(&self, at: usize, fact: &Fact) -> f64 {
        let trouble = state(&fact.text);
        let new = self.novel.contains(&at);
        let base = match (trouble, new) {
            (Some(State::Bad), true) => 3.5,
            (Some(State::Good), true) => 2.5,
            (None, true) => 2.4,
            _ => 0.5,
        };
        self.within(fact, base, base - 2.0)
    }

    fn said(&self, at: usize, fact: &Fact) -> f64 {
        if JOINED.is_match(&fact.text) {
            return self.arrival(at, fact);
        }
        if PLAN.is_match(&fact.text) || self.review.is_some_and(|review| fact.at >= review) {
            return 0.0;
        }
        let base = match (fact.kind, fact.role) {
            (EventKind::Escalation | EventKind::Declared, _) => FORCED,
            (_, Some(Role::Action | Role::Decision)) => 3.4,
            (_, Some(Role::Mitigation | Role::Resolution)) => 3.4,
            (_, Some(Role::Diagnosis)) => 3.0,
            (_, Some(Role::Detection)) => 2.6,
            (_, Some(Role::Hypothesis)) => 2.4,
            (EventKind::StatusUpdate, _) => 2.6,
            (_, Some(Role::Communication)) => 1.6,
            _ if fact.class == SourceClass::Memory => 2.2,
            _ => 0.0,
        };
        if base == 0.0 || base >= FORCED {
            return base;
        }
        let words = self.terms[at].len();
        let short = if words < 4 { -0.8 } else { 0.0 };
        let related = if self.terms[at].is_disjoint(&self.scene.scope.words) { -0.3 } else { 0.3 };
        let turned = if is_relapse(&fact.text) { 0.6 } else { 0.0 };
        let reply = if fact.thread.is_some() && is_reply(fact) { -0.5 } else { 0.0 };
        let question = if fact.text.trim_end().ends_with('?') { -1.0 } else { 0.0 };
        let late = match self.mitigated {
            Some(mitigated) if seconds(mitigated, fact.at) > 300 => -0.6,
            _ => 0.0,
        };
        self.within(fact, base, base - 0.7) + short + related + turned + reply + question + late
    }

    /// Somebody joins whom an escalation called.
    fn arrival(&self, at: usize, fact: &Fact) -> f64 {
        let called = self.scene.facts[..at].iter().any(|other| {
            let named = fact.actor.as_ref().is_some_and(|name| other.all_text().contains(name.as_str()));
            other.kind == EventKind::Escalation && named && seconds(other.at, fact.at) <= 1800
        });
        if called { FORCED } else { 0.0 }
    }

    /// How much two facts say the same, 0 to 1: shared words, close in time.
    fn likeness(&self, a: usize, b: usize) -> f64 {
        let distance = seconds(self.scene.facts[a].at, self.scene.facts[b].at).abs();
        if distance > NEAR_S {
            return 0.0;
        }
        let (left, right) = (&self.terms[a], &self.terms[b]);
        let smaller = left.len().min(right.len()).max(1);
        let words = left.intersection(right).count() as f64 / smaller as f64;
        words * (1.0 - distance as f64 / (2 * NEAR_S) as f64)
    }
}

/// A reply in a thread, not the message that opened it.
fn is_reply(fact: &Fact) -> bool {
    let own = fact.keys.iter().any(|key| Some(key) == fact.thread.as_ref());
    !own
}

/// The first machine line of each shape since just before the start; a shape that pauses for minutes is new again.
fn novel(scene: &Scene<'_>, started: Option<Timestamp>) -> BTreeSet<usize> {
    let mut seen: BTreeMap<String, Timestamp> = BTreeMap::new();
    let mut first = BTreeSet::new();
    for (at, fact) in scene.inside().filter(|(_, fact)| fact.class == SourceClass::Automated) {
        let shape: String = fact
            .text
            .split_whitespace()
            .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
            .collect::<Vec<_>>()
            .join(" ");
        let before = started.is_some_and(|started| seconds(fact.at, started) > 60);
        let pause = if fact.kind == EventKind::Metric { i64::MAX } else { NEAR_S };
        let fresh = seen.get(&shape).is_none_or(|last| seconds(*last, fact.at) > pause);
        seen.insert(shape, fact.until.unwrap_or(fact.at).max(fact.at));
        if fresh && !before {
            first.insert(at);
        }
    }
    first
}
