//! Chooses the 8 to 30 events that a reader of the postmortem needs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::text::technical_tokens;

use super::cues::{State, is_relapse, state};
use super::fact::{Fact, seconds};
use super::phases::Found;
use super::reversal::is_landed;
use super::scene::Scene;
use super::scope::{distinctive, identities};
use super::window::numbers;

/// Never more than this, whatever is forced.
const MOST: usize = 30;
/// What scores below this is left out even when there is room.
const ENOUGH: f64 = 2.0;
/// This much or more is shown while there is room, however much it resembles what is shown already.
const FORCED: f64 = 10.0;
/// What people find out later than this after the end is follow-up, not part of the incident.
const LONG_AFTER_S: i64 = 5400;
/// Notes this close to a chat line retell it; so does the same person's next line.
const RETOLD_S: i64 = 90;
/// Two machine lines about one part within this time are two reports of one thing.
const SAME_PART_S: i64 = 10;
/// Lines this close that say nearly the same are told once.
const NEAR_S: i64 = 300;

/// A person opens the review: what follows is about impact, causes and actions, no longer about events.
static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:collecting impact|impact please|what (?:made|makes) (?:this|it) possible|what went well|what (?:went|could)|(?:proposals for )?actions? (?:with|:|items?)|lessons?(?: learned)?|post-?mortem|post-?incident review|retro(?:spective)?|thread for impact|root cause analysis)\b")
});
static PLAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:by \d{4}-\d{2}|by (?:mon|tues|wednes|thurs|fri)day|next (?:week|sprint|quarter)|until (?:friday|monday|next)|i'?ll (?:add|write|set up|create|own)|action item|tracking as)\b")
});
static FINDING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:found it|root cause|culprit|turns out|verified|upon investigation|it looks like|looked at|confirmed|because|which is why|caused by|came with)\b")
});
static TAKES_EFFECT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:reload(?:ed|s)?|scaled up|roll(?:ing|ed)?[ -]?(?:out|update))\b"));
/// A clock time inside a text; two of them retell what was told before.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d{1,2}:\d{2}\b"));
static ON_IT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:\W*(?:ok(?:ay)?|yes|ack|hi)[,. ]+)?(?:i'?m )?(?:on it|investigating|looking|taking a look|checking)\b"));
static RENEWED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:created|started|booted|replaced|restarted)\b"));
static JOINED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bhas joined the channel\b|\bjoined #"));

/// Whether each fact is key, in order of the facts.
pub(super) fn select(scene: &Scene<'_>, found: &Found) -> Vec<bool> {
    let judge = Judge::new(scene, found);
    let mut open: Vec<Candidate> = (0..scene.facts.len())
        .map(|at| Candidate { at, score: judge.score(at), said: 0.0 })
        .filter(|candidate| candidate.score >= ENOUGH)
        .collect();
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    while chosen.len() < MOST {
        let best = open.iter().enumerate().max_by(|a, b| a.1.worth().total_cmp(&b.1.worth()).then(b.1.at.cmp(&a.1.at)));
        let Some((place, best)) = best.filter(|(_, best)| best.worth() >= ENOUGH) else { break };
        let at = best.at;
        open.swap_remove(place);
        chosen.insert(at);
        for candidate in &mut open {
            candidate.said = candidate.said.max(judge.likeness(at, candidate.at));
        }
    }
    (0..scene.facts.len()).map(|at| chosen.contains(&at)).collect()
}

/// A fact that may be shown: how much it matters, and how much of it is shown already.
struct Candidate {
    at: usize,
    score: f64,
    said: f64,
}

impl Candidate {
    /// What showing it adds (maximal marginal relevance).
    fn worth(&self) -> f64 {
        if self.score >= FORCED { self.score } else { self.score - 2.5 * self.said }
    }
}

struct Judge<'a> {
    scene: &'a Scene<'a>,
    evidence: BTreeSet<usize>,
    /// Ids of the changes that were taken back or took back.
    chain: BTreeSet<&'a str>,
    /// First alert of every tool: the second tool's is often the page.
    pages: BTreeSet<usize>,
    /// The first person who says to be on it.
    response: Option<usize>,
    /// Numbers of changes that people name.
    spoken: BTreeSet<String>,
    started: Option<Timestamp>,
    detected: Option<Timestamp>,
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
            pages: pages(scene),
            response: found.detected.as_ref().and_then(|detected| {
                let answers = |fact: &Fact| {
                    let chat = fact.is_human() && fact.class == SourceClass::Chat;
                    chat && fact.at >= detected.at && ON_IT.is_match(&fact.text)
                };
                scene.facts.iter().position(answers)
            }),
            spoken: scene.facts.iter().filter(|fact| fact.is_human()).flat_map(|fact| numbers(&fact.text)).collect(),
            started,
            detected: found.detected.as_ref().map(|mark| mark.at),
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
        let named = fact.keys_of("pr").any(|number| self.spoken.contains(number));
        let lonely = self.scene.episode.is_none();
        match (is_landed(fact), linked || lonely) {
            (true, true) if lonely && !linked => 3.0,
            (true, true) => FORCED,
            (true, false) if named && self.resolved.is_none_or(|end| seconds(end, fact.at) < 2 * LONG_AFTER_S) => {
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

    fn machine(&self, at: usize, fact: &Fact) -> f64 {
        if !self.novel.contains(&at) {
            return 0.5;
        }
        let unseen = self.detected.is_none_or(|detected| seconds(fact.at, detected) >= 0);
        let base = match state(&fact.text) {
            Some(State::Bad) if unseen => 3.5,
            Some(State::Bad) if self.defies_action(at, fact) => 3.6,
            Some(State::Bad) => 2.8,
            Some(State::Good) => 2.5,
            None if self.follows_change(fact) => 3.4,
            None if self.follows_action(fact) => 3.3,
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
            && TAKES_EFFECT.is_match(&fact.text)
            && self.scene.facts.iter().any(|other| {
                let after = seconds(other.at, fact.at);
                let rolled = matches!(other.kind, EventKind::Deploy | EventKind::Rollback);
                rolled && (0..=300).contains(&after) && identities(other).iter().any(|id| self.chain.contains(id))
            })
    }

    /// Trouble again right after a person acted: the attempt did not help.
    fn defies_action(&self, at: usize, fact: &Fact) -> bool {
        self.scene.inside().any(|(_, other)| is_act(other) && (30..=300).contains(&seconds(other.at, fact.at)))
            && self.scene.facts[..at].iter().any(|other| shape(&other.text) == shape(&fact.text))
    }

    /// What machines did right after a person acted: the new pod after a restart.
    fn follows_action(&self, fact: &Fact) -> bool {
        RENEWED.is_match(&fact.text)
            && self.scene.inside().any(|(_, other)| {
                is_act(other) && (0..=120).contains(&seconds(other.at, fact.at))
            })
    }

    fn said(&self, at: usize, fact: &Fact) -> f64 {
        if PLAN.is_match(&fact.text) || self.review.is_some_and(|review| fact.at >= review) {
            return 0.0;
        }
        let memory = fact.class == SourceClass::Memory;
        let base = match (fact.kind, fact.role) {
            (EventKind::Escalation, _) if !memory => FORCED,
            (EventKind::Declared, _) => FORCED,
            (EventKind::Escalation, _) => 3.0,
            (_, Some(Role::Action | Role::Decision)) => 3.4,
            (_, Some(Role::Mitigation | Role::Resolution)) => 3.0,
            (_, Some(Role::Diagnosis)) => 3.0,
            (_, Some(Role::Detection)) => 2.7,
            (_, Some(Role::Hypothesis)) if !memory => 2.5,
            _ if memory => 2.8,
            (EventKind::StatusUpdate, _) => 2.6,
            (_, Some(Role::Communication)) => 1.6,
            _ => 0.0,
        };
        if base == 0.0 || base >= FORCED {
            return base;
        }
        let short = if self.terms[at].len() < 3 { -0.8 } else { 0.0 };
        let words = self.terms[at].intersection(&self.scene.scope.words).count();
        let related = 0.2 * words.min(3) as f64 - 0.2;
        let turned = if is_relapse(&fact.text) { 0.6 } else { 0.0 };
        let named = if numbers(&fact.text).iter().any(|number| self.chain.contains(number.as_str())) { 0.3 } else { 0.0 };
        let found = if FINDING.is_match(&fact.text) { 0.6 } else { 0.0 };
        let reply = if fact.thread.is_some() && is_reply(fact) { -0.5 } else { 0.0 };
        let pasted = if fact.text.starts_with("```") { -0.8 } else { 0.0 };
        let recap = if CLOCK.find_iter(&fact.text).count() >= 2 { -0.6 } else { 0.0 };
        let question = if fact.text.trim_end().ends_with('?') { -1.2 } else { 0.0 };
        let late = self.mitigated.is_some_and(|mitigated| fact.at >= mitigated);
        let long_after = self.resolved.is_some_and(|resolved| seconds(resolved, fact.at) > LONG_AFTER_S);
        let late = if long_after { -1.2 } else if late { -0.5 } else { 0.0 };
        let echo = matches!(fact.role, Some(Role::Mitigation | Role::Resolution)) && late < 0.0;
        let late = if echo { late - 0.6 } else { late };
        let early = self.started.is_some_and(|started| seconds(fact.at, started) > 60);
        let early = if early { -1.2 } else { 0.0 };
        base + short + related + turned + named + found + reply + pasted + recap + question + self.within(fact, 0.0, -0.3).min(late).min(early)
    }

    /// Somebody joins whom an escalation called.
    fn arrival(&self, at: usize, fact: &Fact) -> f64 {
        let called = self.scene.facts[..at].iter().any(|other| {
            let named = fact.actor.as_ref().is_some_and(|name| other.all_text().contains(name.as_str()));
            other.kind == EventKind::Escalation && named && seconds(other.at, fact.at) <= 1800
        });
        if called { FORCED } else { 0.0 }
    }

    /// How much `b` says what `a`, which is shown, says already, 0 to 1: shared words, close in time.
    fn likeness(&self, a: usize, b: usize) -> f64 {
        let distance = seconds(self.scene.facts[a].at, self.scene.facts[b].at).abs();
        let (one, two) = (&self.scene.facts[a], &self.scene.facts[b]);
        let people = one.is_human() && two.is_human();
        let alike = people || one.source == two.source && (one.kind == two.kind || one.class != SourceClass::Deploy);
        if distance > NEAR_S || !alike {
            return 0.0;
        }
        if distance <= SAME_PART_S && !one.is_human() && names_same_part(&one.text, &two.text) {
            return 0.9;
        }
        let (left, right) = (&self.terms[a], &self.terms[b]);
        let length = ((left.len() * right.len()) as f64).sqrt().max(1.0);
        let words = left.intersection(right).count() as f64 / length;
        let words = match (one.labels.get("reason"), two.labels.get("reason")) {
            (Some(one), Some(two)) if one != two => words / 2.0,
            _ => words,
        };
        let retold = if distance > RETOLD_S || !people {
            0.0
        } else if one.class == SourceClass::Chat && two.class == SourceClass::Memory && words > 0.0 {
            0.9
        } else if one.actor == two.actor && one.class == SourceClass::Chat {
            0.45
        } else {
            0.0
        };
        (words.max(retold)) * (1.0 - distance as f64 / (2 * NEAR_S) as f64)
    }
}

/// A reply in a thread, not the message that opened it.
fn is_reply(fact: &Fact) -> bool {
    let own = fact.keys.iter().any(|key| Some(key) == fact.thread.as_ref());
    !own
}

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

/// The first machine line of each shape since just before the start; a shape that pauses for minutes is new again.
fn novel(scene: &Scene<'_>, started: Option<Timestamp>) -> BTreeSet<usize> {
    let mut seen: BTreeMap<String, Timestamp> = BTreeMap::new();
    let mut first = BTreeSet::new();
    for (at, fact) in scene.inside().filter(|(_, fact)| fact.class == SourceClass::Automated) {
        let shape = shape(&fact.text);
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

/// The text without the words that carry digits, which change from one repetition to the next.
fn shape(text: &str) -> String {
    text.split_whitespace()
        .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether somebody says in the chat that they do something.
fn is_act(fact: &Fact) -> bool {
    fact.class == SourceClass::Chat && !fact.bot && fact.roles.contains(&Role::Action)
}

/// Whether both name the same generated part, such as a pod: a long word with hyphens and digits.
fn names_same_part(a: &str, b: &str) -> bool {
    let parts = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .filter(|word| word.len() >= 12 && word.contains('-') && word.bytes().any(|byte| byte.is_ascii_digit()))
            .map(str::to_owned)
            .collect()
    };
    !parts(a).is_disjoint(&parts(b))
}
