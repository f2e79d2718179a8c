//! Everything the later steps look at together: the facts, what concerns the incident, and which change undid which.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use regex::Regex;

use crate::domain::{EventKind, Incident, Role, SourceClass};
use crate::evidence::pattern;

use super::cues::{State, is_relapse, is_restored, is_symptom, says_closed, state};
use super::fact::{Fact, within};
use super::reversal::{Reversal, reversals};
use super::scope::{Scope, scope};
use super::terms::Terms;

/// Signs further apart than this belong to different episodes.
const EPISODE_GAP: SignedDuration = SignedDuration::from_hours(3);
/// Nobody closed it yet, and the next signs come within this time: the same incident after a pause.
const PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// From this many lines of one trouble on, the rare ones beside it are another matter.
const MANY: u32 = 30;
/// Failed probes of one container from which they are more than its start.
const A_FEW: u32 = 5;
static PROBE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:readiness|startup|liveness) probe failed\b"));

/// People see within this time whether taking a change back helped.
const VAIN_S: i64 = 900;

pub(super) struct Scene<'a> {
    pub(super) facts: &'a [Fact],
    pub(super) incident: &'a Incident,
    pub(super) scope: Scope,
    pub(super) reversals: Vec<Reversal>,
    pub(super) terms: Terms,
    /// First and last sign of the busiest stretch of alerts and conversation; `None` without either.
    pub(super) episode: Option<(Timestamp, Timestamp)>,
    /// Machine lines of trouble beside which another trouble is written ten times as often: what always fails a little.
    minor: BTreeSet<usize>,
    /// Of every fact whether a person says in it that it is not over after all.
    relapses: Vec<bool>,
    /// Of every fact whether it says that the incident's trouble is there.
    troubled: Vec<bool>,
    /// Where the facts of the episode and the hours around it stand.
    near: Range<usize>,
    /// The facts of the episode that are troubled, in order of time.
    pub(super) troubles: Vec<usize>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(facts: &'a [Fact], incident: &'a Incident) -> Self {
        let reversals = reversals(facts);
        let mut terms = Terms::new(facts);
        let scope = scope(facts, &mut terms, incident, &reversals);
        let mut scene = Self {
            facts,
            incident,
            scope,
            reversals,
            terms,
            episode: None,
            minor: minor(facts),
            relapses: facts.iter().map(|fact| fact.is_human() && is_relapse(&fact.text)).collect(),
            troubled: Vec::new(),
            near: 0..facts.len(),
            troubles: Vec::new(),
        };
        scene.episode = scene.busiest();
        if let Some((from, to)) = scene.episode {
            let begin = facts.partition_point(|fact| fact.at.duration_since(from) < -EPISODE_GAP);
            let end = facts.partition_point(|fact| fact.at.duration_since(to) <= EPISODE_GAP);
            scene.near = begin..end;
        }
        scene.troubled = (0..facts.len()).map(|at| scene.tells_trouble(at)).collect();
        scene.troubles = scene.lived().map(|(at, _)| at).filter(|at| scene.troubled[*at]).collect();
        scene
    }

    /// Facts that concern the incident, with their index, in order of time.
    pub(super) fn inside(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Fact)> + '_ {
        self.facts.iter().enumerate().filter(|(at, _)| self.scope.inside[*at])
    }

    /// Those within the episode, or all when there is none.
    pub(super) fn lived(&self) -> impl DoubleEndedIterator<Item = (usize, &'a Fact)> + '_ {
        self.inside_of(self.near.clone())
    }

    /// Those of the episode from `after` to `until` seconds after a moment.
    pub(super) fn lived_within(
        &self,
        moment: Timestamp,
        after: i64,
        until: i64,
    ) -> impl DoubleEndedIterator<Item = (usize, &'a Fact)> + '_ {
        let near = within(self.facts, moment, after, until);
        let begin = near.start.max(self.near.start);
        self.inside_of(begin..near.end.min(self.near.end).max(begin))
    }

    fn inside_of(&self, places: Range<usize>) -> impl DoubleEndedIterator<Item = (usize, &'a Fact)> + '_ {
        let begin = places.start;
        let facts = self.facts[places].iter().enumerate();
        facts.map(move |(at, fact)| (begin + at, fact)).filter(|(at, _)| self.scope.inside[*at])
    }

    /// The troubled facts of the episode from `moment` on, in order of time.
    pub(super) fn troubles_since(&self, moment: Timestamp) -> &[usize] {
        &self.troubles[self.troubles.partition_point(|at| self.facts[*at].at < moment)..]
    }

    /// Whether people say soon after a change was taken back that it made no difference.
    pub(super) fn is_vain(&self, reversal: Reversal) -> bool {
        let by = self.facts[reversal.by].at;
        within(self.facts, by, 1, VAIN_S).any(|at| self.relapses[at])
    }

    /// The stretch of signs with most weight; an incident that pauses, as over a night, goes on until somebody closes it.
    fn busiest(&self) -> Option<(Timestamp, Timestamp)> {
        let mut runs: Vec<Run> = Vec::new();
        for (_, fact) in self.inside().filter(|(_, fact)| is_sign(fact)) {
            match runs.last_mut().filter(|run| fact.at.duration_since(run.to) <= EPISODE_GAP) {
                Some(run) => run.add(fact),
                None => runs.push(Run::of(fact)),
            }
        }
        let best =
            runs.iter().enumerate().max_by(|a, b| a.1.weight.total_cmp(&b.1.weight).then(b.0.cmp(&a.0)));
        let (at, main) = best?;
        let mut to = main.to;
        if !main.closed {
            for next in &runs[at + 1..] {
                if next.from.duration_since(to) > PAUSE {
                    break;
                }
                to = next.to;
                if next.closed {
                    return Some((main.from, to));
                }
            }
        }
        Some((main.from, main.to))
    }

    /// Whether the fact says that the incident's trouble is there: a machine's line or a person's relapse.
    pub(super) fn is_trouble(&self, at: usize) -> bool {
        self.troubled[at]
    }

    fn tells_trouble(&self, at: usize) -> bool {
        let fact = &self.facts[at];
        self.scope.inside[at]
            && !self.minor.contains(&at)
            && match fact.kind {
                EventKind::AlertFired => true,
                _ if fact.is_human() => self.relapses[at],
                EventKind::StatusUpdate => fact.source == "statuspage" && post(fact) == Some(State::Bad),
                EventKind::Log | EventKind::Metric | EventKind::Observation => {
                    fact.class == SourceClass::Automated && state(&fact.text) == Some(State::Bad)
                }
                _ => false,
            }
    }
}

/// What a post of a status page says of the impact: its words first, for many pages call every post "investigating".
pub(super) fn post(fact: &Fact) -> Option<State> {
    let status = fact.labels.get("status").map(|status| status.to_lowercase());
    // The headline names the trouble in every post.
    let (_, body) = fact.text.split_once(" · ").unwrap_or(("", &fact.text));
    match status.as_deref() {
        Some("monitoring" | "resolved" | "completed" | "mitigated") => Some(State::Good),
        _ if is_restored(body) => Some(State::Good),
        Some("investigating" | "identified" | "update") if is_symptom(body) => Some(State::Bad),
        _ => None,
    }
}

/// Lines of trouble that tell little beside others: rare ones among many, and probes that failed in passing.
fn minor(facts: &[Fact]) -> BTreeSet<usize> {
    &rare(facts) | &passing(facts)
}

/// Probes that failed a few times, as every start of a container brings, where something else names the trouble.
fn passing(facts: &[Fact]) -> BTreeSet<usize> {
    let is_probe = |fact: &Fact| fact.class == SourceClass::Automated && PROBE.is_match(&fact.text);
    let worse = facts.iter().any(|fact| {
        fact.kind == EventKind::AlertFired
            || fact.class == SourceClass::Automated
                && !is_probe(fact)
                && state(&fact.text) == Some(State::Bad)
    });
    let few = |fact: &Fact| is_probe(fact) && fact.count < A_FEW;
    facts.iter().enumerate().filter(|(_, fact)| worse && few(fact)).map(|(at, _)| at).collect()
}

/// Indexes of the lines of trouble whose shape is rare against the most frequent one.
fn rare(facts: &[Fact]) -> BTreeSet<usize> {
    let is_bad = |fact: &&Fact| {
        fact.class == SourceClass::Automated
            && fact.kind == EventKind::Log
            && state(&fact.text) == Some(State::Bad)
    };
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    for fact in facts.iter().filter(is_bad) {
        *count.entry(shape(&fact.text)).or_default() += fact.count;
    }
    let most = count.values().copied().max().unwrap_or(0);
    if most < MANY {
        return BTreeSet::new();
    }
    let rare = |fact: &Fact| count.get(&shape(&fact.text)).is_some_and(|count| count * 10 < most);
    facts.iter().enumerate().filter(|(_, fact)| is_bad(fact) && rare(fact)).map(|(at, _)| at).collect()
}

/// The text without the words that carry digits, which change from one repetition to the next.
pub(super) fn shape(text: &str) -> String {
    text.split_whitespace()
        .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Signs that follow each other.
struct Run {
    weight: f64,
    from: Timestamp,
    to: Timestamp,
    /// Whether somebody says in it that it is over.
    closed: bool,
}

impl Run {
    fn of(fact: &Fact) -> Self {
        let mut run = Self { weight: 0.0, from: fact.at, to: fact.at, closed: false };
        run.add(fact);
        run
    }

    fn add(&mut self, fact: &Fact) {
        self.weight += weight(fact);
        self.to = fact.at;
        self.closed |= fact.kind == EventKind::Resolved || fact.is_human() && says_closed(&fact.text);
    }
}

/// Signs that an incident is going on: people and pages, not logs.
fn is_sign(fact: &Fact) -> bool {
    fact.is_human()
        || fact.labels.get("subtype").is_some_and(|subtype| subtype.starts_with("impact_"))
        || matches!(
            fact.kind,
            EventKind::AlertFired
                | EventKind::AlertAcknowledged
                | EventKind::Escalation
                | EventKind::Declared
                | EventKind::StatusUpdate
        )
}

fn weight(fact: &Fact) -> f64 {
    match fact.role {
        Some(Role::Noise) => 0.1,
        Some(Role::Communication) => 0.5,
        _ => 1.0,
    }
}
