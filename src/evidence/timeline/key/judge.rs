//! Scores every fact by what it is; people and machines have files of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::phases::Found;
use crate::evidence::timeline::reversal::is_landed;
use crate::evidence::timeline::scene::Scene;
use crate::evidence::timeline::scope::{distinctive, identities};
use crate::evidence::timeline::window::numbers;
use crate::text::technical_tokens;

use super::FORCED;
use super::machine::novel;
use super::speech::{JOINED, ON_IT};

/// What people find out later than this after the end is follow-up, not part of the incident.
pub(super) const LONG_AFTER_S: i64 = 5400;

/// A person opens the review: what follows is about impact, causes and actions, no longer about events.
static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:collecting impact|impact please|what (?:made|makes) (?:this|it) possible|what went well|what (?:went|could)|(?:proposals for )?actions? (?:with|:|items?)|lessons?(?: learned)?|post-?mortem|post-?incident review|retro(?:spective)?|thread for impact|root cause analysis)\b",
    )
});

/// What the scores of all facts depend on.
pub(super) struct Judge<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) evidence: BTreeSet<usize>,
    /// Ids of the changes that were taken back or took back.
    pub(super) chain: BTreeSet<&'a str>,
    /// First alert of every tool: the second tool's is often the page.
    pub(super) pages: BTreeSet<usize>,
    /// The first person who says to be on it.
    pub(super) response: Option<usize>,
    /// Numbers of changes that people name.
    pub(super) spoken: BTreeSet<String>,
    pub(super) started: Option<Timestamp>,
    pub(super) detected: Option<Timestamp>,
    pub(super) mitigated: Option<Timestamp>,
    pub(super) resolved: Option<Timestamp>,
    pub(super) review: Option<Timestamp>,
    /// First fact of every shape of machine line after the start.
    pub(super) novel: BTreeSet<usize>,
    pub(super) terms: Vec<BTreeSet<String>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, found: &Found) -> Self {
        let resolved = found.resolved.as_ref().map(|mark| mark.at);
        let started = found.started.as_ref().map(|mark| mark.at);
        let review = scene
            .inside()
            .find(|(_, fact)| {
                fact.is_human()
                    && REVIEW.is_match(&fact.text)
                    && resolved.is_some_and(|resolved| fact.at >= resolved)
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
            pages: pages(scene),
            response: found.detected.as_ref().and_then(|detected| {
                let answers = |fact: &Fact| {
                    let chat = fact.is_human() && fact.class == SourceClass::Chat;
                    chat && fact.at >= detected.at && ON_IT.is_match(&fact.text)
                };
                scene.facts.iter().position(answers)
            }),
            spoken: scene
                .facts
                .iter()
                .filter(|fact| fact.is_human())
                .flat_map(|fact| numbers(&fact.text))
                .collect(),
            started,
            detected: found.detected.as_ref().map(|mark| mark.at),
            mitigated: found.mitigated.as_ref().map(|mark| mark.at),
            resolved,
            review,
            novel: novel(scene, started),
            terms: scene.facts.iter().map(Fact::terms).collect(),
        }
    }

    pub(super) fn score(&self, at: usize) -> f64 {
        let fact = &self.scene.facts[at];
        if self.evidence.contains(&at) {
            return FORCED + 2.0;
        }
        if fact.is_human() && JOINED.is_match(&fact.text) {
            return self.arrival(at, fact);
        }
        if self.response == Some(at) {
            return 3.6;
        }
        if !self.scene.scope.inside[at] {
            return 0.0;
        }
        match fact.kind {
            EventKind::AlertFired if self.pages.contains(&at) => self.within(fact, FORCED, 1.5),
            EventKind::AlertFired => self.within(fact, 3.0, 1.5),
            EventKind::AlertAcknowledged => 2.4,
            EventKind::AlertResolved => self.within(fact, 2.2, 1.0),
            _ if fact.kind.is_change() => self.change(fact),
            _ if fact.is_human() => self.said(at, fact),
            EventKind::Escalation => self.escalation(fact),
            EventKind::Declared => FORCED,
            EventKind::StatusUpdate | EventKind::Resolved => self.within(fact, 3.0, 2.2),
            EventKind::Observation if fact.class == SourceClass::Chat => 3.0,
            _ if fact.class == SourceClass::Deploy => self.pipeline(fact),
            _ if fact.class == SourceClass::Automated => self.machine(at, fact),
            _ => 0.0,
        }
    }

    /// `open` while the incident was open, `outside` before and after.
    pub(super) fn within(&self, fact: &Fact, open: f64, outside: f64) -> f64 {
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
        let named = fact.keys_of("pr").any(|number| self.spoken.contains(number));
        let lonely = self.scene.episode.is_none();
        match (is_landed(fact), linked || lonely) {
            (true, true) if lonely && !linked => 3.0,
            (true, true) => FORCED,
            (true, false)
                if named && self.resolved.is_none_or(|end| seconds(end, fact.at) < 2 * LONG_AFTER_S) =>
            {
                self.within(fact, 3.0, 2.4)
            }
            (true, false) => self.within(fact, 2.2, 1.0),
            (false, true) => 1.8,
            (false, false) => 1.0,
        }
    }

    /// Pipeline runs of a change in the chain.
    fn pipeline(&self, fact: &Fact) -> f64 {
        let by_number = numbers(&fact.text).iter().any(|number| self.chain.contains(number.as_str()));
        let linked = identities(fact).iter().any(|id| self.chain.contains(id));
        let deployment = fact.labels.get("subtype").is_some_and(|subtype| subtype == "deployment");
        let before = self.started.is_none_or(|started| fact.at <= started);
        if (by_number || linked) && !deployment && before { 3.6 } else { 0.5 }
    }
}

/// The first alert, and the first one of every other tool that is about the same: the page.
fn pages(scene: &Scene<'_>) -> BTreeSet<usize> {
    let mut tools: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, fact) in scene.lived().filter(|(_, fact)| fact.kind == EventKind::AlertFired) {
        tools.entry(&fact.source).or_insert(at);
    }
    let first = tools.values().copied().min();
    let title = |at: usize| {
        let text = scene.facts[at].text.split(" · ").next().unwrap_or_default();
        distinctive(&technical_tokens(text).into_iter().collect())
    };
    let same = |at: &usize| first.is_some_and(|first| title(first).intersection(&title(*at)).count() >= 2);
    tools.into_values().filter(same).collect()
}
