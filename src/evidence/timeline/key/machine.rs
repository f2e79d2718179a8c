//! How much a line of a machine matters: first signs, steps of a roll-out, effects of what people did.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::cues::{State, state};
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::scene::{Scene, shape};

use super::judge::Judge;
use super::likeness::NEAR_S;

/// A shape that occurs this often before the start is what the machine writes all day.
const USUAL: usize = 8;

static TAKES_EFFECT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:reload(?:ed|s)?|scaled up|roll(?:ing|ed)?[ -]?(?:out|update))\b"));
static RENEWED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:created|started|booted|replaced|restarted)\b"));

impl Judge<'_> {
    pub(super) fn machine(&self, at: usize, fact: &Fact) -> f64 {
        if !self.novel.contains(&at) {
            return 0.5;
        }
        let common = self.shapes.get(&shape(&fact.text)).is_some_and(|count| *count > 3);
        let follows = self.follows_change(fact) || self.follows_action(fact);
        if common && !follows && fact.kind == EventKind::Log && state(&fact.text).is_none() {
            return 0.8;
        }
        let unseen = self.detected.is_none_or(|detected| seconds(fact.at, detected) >= 0);
        let base = match state(&fact.text) {
            Some(State::Bad) if unseen => 3.5,
            Some(State::Bad) if self.defies_action(at, fact) => 3.6,
            Some(State::Bad) => 2.8,
            Some(State::Good) => 2.5,
            None if self.follows_change(fact) => 3.4,
            None if self.follows_action(fact) => 3.6,
            None if unseen && fact.kind == EventKind::Metric && self.is_under_way(fact) => 3.4,
            None if unseen => 2.6,
            None => 1.8,
        };
        let own = if fact.services.iter().any(|service| self.is_own(service)) { 0.2 } else { 0.0 };
        let late = self.mitigated.is_some_and(|mitigated| seconds(mitigated, fact.at) > 60);
        self.within(fact, base, base - 2.0) + own - if late { 0.8 } else { 0.0 }
    }

    /// After the first minute of the incident.
    fn is_under_way(&self, fact: &Fact) -> bool {
        self.started.is_some_and(|started| seconds(started, fact.at) > 60)
    }

    fn is_own(&self, service: &str) -> bool {
        let service = service.to_lowercase();
        self.scene.incident.services.iter().any(|own| own.to_lowercase() == service)
    }

    /// A step of the roll-out of a change in the chain.
    fn follows_change(&self, fact: &Fact) -> bool {
        fact.kind != EventKind::Metric
            && self.is_after(&self.rolled, fact, 0, 300)
            && TAKES_EFFECT.is_match(&fact.text)
    }

    /// Trouble again right after a person acted: the attempt did not help.
    fn defies_action(&self, at: usize, fact: &Fact) -> bool {
        self.is_after(&self.acts, fact, 30, 300)
            && self.scene.facts[..at].iter().any(|other| shape(&other.text) == shape(&fact.text))
    }

    /// What machines did right after a person acted: the new pod after a restart.
    fn follows_action(&self, fact: &Fact) -> bool {
        self.is_after(&self.acts, fact, 0, 120) && RENEWED.is_match(&fact.text)
    }

    /// Whether one of `others`, in order of time, stands from `least` to `most` seconds before the fact.
    fn is_after(&self, others: &[usize], fact: &Fact, least: i64, most: i64) -> bool {
        let ago = |at: &usize| seconds(self.scene.facts[*at].at, fact.at);
        let first = others.partition_point(|at| ago(at) > most);
        others.get(first).is_some_and(|at| ago(at) >= least)
    }
}

/// The first machine line of each shape since just before the start; a shape that pauses for minutes is new again.
pub(super) fn novel(scene: &Scene<'_>, started: Option<Timestamp>) -> BTreeSet<usize> {
    let mut seen: BTreeMap<String, Timestamp> = BTreeMap::new();
    let mut first = BTreeSet::new();
    // What the machines write all day is no sign of the incident.
    let mut usual: BTreeMap<String, usize> = BTreeMap::new();
    for (at, fact) in scene.inside().filter(|(_, fact)| fact.class == SourceClass::Automated) {
        let shape = shape(&fact.text);
        let before = started.is_some_and(|started| seconds(fact.at, started) > 60);
        let pause = if fact.kind == EventKind::Metric { i64::MAX } else { NEAR_S };
        let fresh = seen.get(&shape).is_none_or(|last| seconds(*last, fact.at) > pause);
        seen.insert(shape, fact.until.unwrap_or(fact.at).max(fact.at));
        let known = usual.entry(self::shape(&fact.text)).or_default();
        if before && fact.kind == EventKind::Log {
            *known += 1;
        }
        if fresh && !before && *known < USUAL {
            first.insert(at);
        }
    }
    first
}

/// How often each shape of machine line occurs.
pub(super) fn shapes(scene: &Scene<'_>) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for fact in scene.facts.iter().filter(|fact| fact.class == SourceClass::Automated) {
        *count.entry(shape(&fact.text)).or_insert(0) += usize::try_from(fact.count).unwrap_or(1);
    }
    count
}

/// Whether somebody says in the chat that they do something.
pub(super) fn is_act(fact: &Fact) -> bool {
    fact.class == SourceClass::Chat && !fact.bot && fact.roles.contains(&Role::Action)
}
