//! Scores every fact by what it is; people and machines have files of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::cues::is_symptom;
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::phases::Found;
use crate::evidence::timeline::reversal::is_landed;
use crate::evidence::timeline::scene::Scene;
use crate::evidence::timeline::scope::{distinctive, identities};
use crate::evidence::timeline::terms::Word;
use crate::evidence::timeline::window::numbers;
use crate::text::technical_tokens;

use super::FORCED;
use super::machine::{is_act, novel, shapes};
use super::speech::{JOINED, ON_IT};

/// What people find out later than this after the end is follow-up, not part of the incident.
pub(super) const LONG_AFTER_S: i64 = 5400;

/// A report this near to the detection is about the same.
const REPORTED_S: i64 = 900;
/// What is said or measured this near to a milestone tells of it.
const BESIDE_S: i64 = 60;

/// A person opens the review: what follows is about impact, causes and actions, no longer about events.
static REVIEW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:collecting impact|impact please|what (?:made|makes) (?:this|it) possible|what went well|what (?:went|could)|(?:proposals for )?actions? (?:with|:|items?)|lessons?(?: learned)?|post-?mortem|post-?incident review|retro(?:spective)?|thread for impact|root cause analysis|write.?up|(?:quick |some |collecting )?notes (?:for|in|into)\b|why did(?:n'?t)? (?:we|nobody) (?:not )?(?:know|see|notice)|what made it|please (?:add|write) (?:here|in the thread)|review is (?:on|at))\b",
    )
});

/// Stems that people use in any conversation.
const EVERYDAY: &str = "last just like go think know need look want well back good time right still realli thing today \
tomorrow week peopl here there more much some then than even okay pleas thank work use make made take took get got say said \
see seen one two first next again yes yeah maybe sure same anoth way now day hour min littl mean sorri help also most left \
come came nice ask tell told tri keep start";

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
    /// The first report in the conversation, when something else detected it.
    pub(super) report: Option<usize>,
    /// The last that people say of an incident whose end is not in the evidence.
    pub(super) last: Option<usize>,
    /// Numbers of changes that people name.
    pub(super) spoken: BTreeSet<String>,
    pub(super) started: Option<Timestamp>,
    pub(super) detected: Option<Timestamp>,
    pub(super) mitigated: Option<Timestamp>,
    pub(super) resolved: Option<Timestamp>,
    pub(super) review: Option<Timestamp>,
    /// First fact of every shape of machine line after the start.
    pub(super) novel: BTreeSet<usize>,
    /// Words that people who work on the incident keep using.
    pub(super) vocabulary: BTreeSet<Word>,
    /// Who mostly says what carries nothing.
    pub(super) chatty: BTreeSet<&'a str>,
    /// Whether there is a conversation beside the notes.
    pub(super) talks: bool,
    /// How often each shape of machine line occurs.
    pub(super) shapes: BTreeMap<String, usize>,
    /// What people say in the chat that they do.
    pub(super) acts: Vec<usize>,
    /// Deploys and roll-backs of the chain.
    pub(super) rolled: Vec<usize>,
    pub(super) escalations: Vec<usize>,
    /// Numbers of changes of which there is a record, with the first line of a person that names it.
    pub(super) first_named: BTreeMap<String, usize>,
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
        let chain: BTreeSet<&str> = scene
            .reversals
            .iter()
            .flat_map(|reversal| [reversal.by, reversal.of])
            .flat_map(|at| identities(&scene.facts[at]))
            .collect();
        let all = || scene.facts.iter().enumerate();
        let is_rolled = |fact: &Fact| {
            matches!(fact.kind, EventKind::Deploy | EventKind::Rollback)
                && identities(fact).iter().any(|id| chain.contains(id))
        };
        Self {
            acts: scene.inside().filter(|(_, fact)| is_act(fact)).map(|(at, _)| at).collect(),
            rolled: all().filter(|(_, fact)| is_rolled(fact)).map(|(at, _)| at).collect(),
            escalations: all()
                .filter(|(_, fact)| fact.kind == EventKind::Escalation)
                .map(|(at, _)| at)
                .collect(),
            first_named: first_named(scene),
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
            report: found.detected.as_ref().and_then(|detected| {
                let reports = |fact: &Fact| {
                    let near = seconds(detected.at, fact.at).abs() <= REPORTED_S;
                    let chat = fact.is_human() && fact.class == SourceClass::Chat;
                    near && chat && (fact.roles.contains(&Role::Detection) || is_symptom(&fact.text))
                };
                scene.inside().find(|(_, fact)| reports(fact)).map(|(at, _)| at)
            }),
            last: if resolved.is_some() { None } else { last_word(scene) },
            spoken: scene
                .facts
                .iter()
                .filter(|fact| {
                    fact.is_human() && resolved.is_none_or(|end| seconds(end, fact.at) <= LONG_AFTER_S)
                })
                .flat_map(|fact| numbers(&fact.text))
                .collect(),
            chatty: chatty(scene),
            talks: scene.lived().any(|(_, fact)| fact.is_human() && fact.class == SourceClass::Chat),
            started,
            detected: found.detected.as_ref().map(|mark| mark.at),
            mitigated: found.mitigated.as_ref().map(|mark| mark.at),
            resolved,
            review,
            novel: novel(scene, started),
            vocabulary: vocabulary(scene),
            shapes: shapes(scene),
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
        if [self.response, self.report, self.last].contains(&Some(at)) {
            return FORCED;
        }
        if !self.scene.scope.inside[at] {
            return 0.0;
        }
        match fact.kind {
            EventKind::AlertFired if self.pages.contains(&at) => self.within(fact, FORCED, 1.5),
            EventKind::AlertFired => self.within(fact, 3.0, 1.5),
            EventKind::AlertAcknowledged => 2.4,
            EventKind::AlertResolved if self.ends(fact) => 3.0,
            EventKind::AlertResolved => self.within(fact, 2.4, 1.0),
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

    /// Whether it falls together with the end or the mitigation.
    fn ends(&self, fact: &Fact) -> bool {
        [self.mitigated, self.resolved].iter().flatten().any(|at| seconds(*at, fact.at).abs() <= 180)
    }

    /// Whether it was said after the start but long before anybody noticed anything.
    pub(super) fn is_dormant(&self, fact: &Fact) -> bool {
        let begun = self.started.is_some_and(|started| seconds(started, fact.at) > BESIDE_S);
        begun && self.detected.is_some_and(|detected| seconds(fact.at, detected) > 2 * REPORTED_S)
    }

    /// Whether repairing went on for long after the impact was over: then what people did in between is news.
    pub(super) fn is_long_repair(&self, fact: &Fact) -> bool {
        match (self.mitigated, self.resolved) {
            (Some(mitigated), Some(resolved)) => {
                seconds(mitigated, resolved) > 2 * REPORTED_S && fact.at <= resolved
            }
            _ => false,
        }
    }

    /// Whether it stands beside a milestone.
    pub(super) fn is_beside(&self, fact: &Fact) -> bool {
        let marks = [self.started, self.detected, self.mitigated, self.resolved];
        marks.iter().flatten().any(|at| seconds(*at, fact.at).abs() <= BESIDE_S)
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

/// The first line of a person that names each change of which there is a record.
fn first_named(scene: &Scene<'_>) -> BTreeMap<String, usize> {
    let recorded: BTreeSet<&str> = scene
        .facts
        .iter()
        .filter(|fact| !fact.is_human() && fact.kind.is_change())
        .flat_map(|fact| fact.keys_of("pr"))
        .collect();
    let mut first = BTreeMap::new();
    for (at, fact) in scene.facts.iter().enumerate().filter(|(_, fact)| fact.is_human()) {
        for number in numbers(&fact.text).into_iter().filter(|number| recorded.contains(number.as_str())) {
            first.entry(number).or_insert(at);
        }
    }
    first
}

/// The last line of a person in a conversation that tells of the state of things.
fn last_word(scene: &Scene<'_>) -> Option<usize> {
    let tells = |fact: &Fact| {
        let told = !matches!(fact.role, Some(Role::Noise | Role::Hypothesis | Role::Communication) | None);
        told && fact.is_human() && fact.class == SourceClass::Chat
    };
    scene.lived().rfind(|(_, fact)| tells(fact)).map(|(at, _)| at)
}

/// People with at least four lines of which more than half are noise.
fn chatty<'a>(scene: &Scene<'a>) -> BTreeSet<&'a str> {
    let mut lines: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for fact in scene.facts.iter().filter(|fact| fact.is_human() && fact.class == SourceClass::Chat) {
        let entry = lines.entry(fact.actor.as_deref().unwrap_or_default()).or_default();
        entry.0 += 1;
        entry.1 += usize::from(fact.role == Some(Role::Noise));
    }
    let kept = lines.into_iter().filter(|(_, (all, noise))| *all >= 4 && noise * 2 > *all);
    kept.map(|(actor, _)| actor).collect()
}

/// Words of three lines or more, of more than one person where several talk.
fn vocabulary(scene: &Scene<'_>) -> BTreeSet<Word> {
    let mut used: BTreeMap<Word, (usize, BTreeSet<&str>)> = BTreeMap::new();
    let mut people: BTreeSet<&str> = BTreeSet::new();
    for (at, fact) in scene.lived().filter(|(_, fact)| fact.is_human() && fact.role != Some(Role::Noise)) {
        let actor = fact.actor.as_deref().unwrap_or_default();
        people.insert(actor);
        for term in scene.terms.distinctive(at) {
            let entry = used.entry(term).or_default();
            entry.0 += 1;
            entry.1.insert(actor);
        }
    }
    let several = people.len().min(2);
    let kept = used.into_iter().filter(|(term, (lines, by))| {
        let term = scene.terms.name(*term);
        term.len() >= 3 && *lines >= 3 && by.len() >= several && !EVERYDAY.split(' ').any(|word| word == term)
    });
    kept.map(|(term, _)| term).collect()
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
