//! Tells what belongs to the incident from what merely happened at the same time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use regex::Regex;

use crate::domain::{EventKind, Incident, Role, SourceClass};
use crate::evidence::pattern;
use crate::text::technical_tokens;

use super::fact::{Fact, seconds, within};
use super::reversal::Reversal;
use super::terms::{Terms, Word};
use super::window::numbers;

/// For every fact whether it concerns the incident.
pub(super) struct Scope {
    pub(super) inside: Vec<bool>,
    /// Words of title, services and alerts of the incident.
    pub(super) words: BTreeSet<Word>,
}

/// Words of alerts and pipelines that name no part of any system.
const COMMON: &str = "alert alerts alertmanag fire firing critic high low warn warning sever prod product production eu us instanc \
cluster team valu threshold minut trigger incid page pagerduti resolv status error rate fail failur servic app kube pod node \
container deploy deployment default http https com exampl github request pull merg branch commit master main pr fix bump updat add \
ad remov chang chang bug test 5 5m 1 2 revert via new old use out time up down sinc all no not has have was were this that from";

static COMMON_SET: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| COMMON.split_whitespace().collect());
static UNRELATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:please ignore|ignore (?:it|that|this)|unrelated|not related|(?:separate|different|another) (?:issue|problem|incident)|nothing to do with)\b",
    )
});

/// Environments whose alerts are no incident when others alert as well.
static TRIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:staging|sandbox|dev|preprod|qa|preview)\b"));

/// People who are paged write within this time.
const ANSWERED_WITHIN_S: i64 = 900;
/// How much of the best alert's overlap with the conversation another alert needs.
const SHARE_OF_BEST: f64 = 0.4;

pub(super) fn scope(facts: &[Fact], terms: &mut Terms, incident: &Incident, reversals: &[Reversal]) -> Scope {
    let mut words = terms.read(&incident.title);
    let mut services: BTreeSet<Word> = BTreeSet::new();
    for service in &incident.services {
        services.extend(terms.read(service));
    }
    words.extend(&services);
    let weights = spoken(facts, terms, &words);
    let alerts = alerts(facts, terms, &weights);
    for (at, fact) in facts.iter().enumerate().filter(|(at, _)| alerts[*at]) {
        for service in &fact.services {
            services.extend(terms.read(service));
        }
        words.extend(terms.distinctive(at));
    }
    let chain = chain(facts, reversals);
    let lonely = !facts.iter().any(|fact| fact.is_human() || fact.kind == EventKind::AlertFired);
    let undoing = reach(facts);
    let undone = if lonely { undone(facts) } else { BTreeSet::new() };
    let touches = |at: usize| terms.of(at).iter().any(|word| services.contains(&word));
    let inside = facts
        .iter()
        .enumerate()
        .map(|(at, fact)| match fact.kind {
            // A remark without a time of its own has no place in the course of events.
            _ if fact.labels.get("subtype").is_some_and(|subtype| subtype == "untimed") => false,
            EventKind::AlertFired | EventKind::AlertResolved | EventKind::AlertAcknowledged => alerts[at],
            _ if fact.kind.is_change() || fact.class == SourceClass::Deploy => {
                let mends = undoing.is_some_and(|(from, to)| from <= fact.at && fact.at <= to)
                    && !undone.is_disjoint(&distinctive(&subject(fact)));
                chain.contains(&at) || mends || touches(at) || is_talked_of(at, terms, &weights)
            }
            _ if fact.class == SourceClass::Automated => {
                fact.services.is_empty() || services.is_empty() || touches(at)
            }
            _ if fact.is_human() && UNRELATED.is_match(&fact.text) => false,
            _ if fact.is_human() => fact.role != Some(Role::Noise) || fact.class == SourceClass::Memory,
            _ => true,
        })
        .collect();
    Scope { inside, words }
}

/// Without words that name no part of any system.
pub(super) fn distinctive(terms: &BTreeSet<String>) -> BTreeSet<String> {
    terms.iter().filter(|term| is_distinctive(term)).cloned().collect()
}

/// Whether a stemmed word names a part of a system.
pub(super) fn is_distinctive(term: &str) -> bool {
    !COMMON_SET.contains(term) && term.len() > 1 && !term.bytes().all(|byte| byte.is_ascii_digit())
}

/// How often people who work on the incident use a word; the words of title and services count most.
fn spoken(facts: &[Fact], terms: &Terms, named: &BTreeSet<Word>) -> BTreeMap<Word, f64> {
    let mut lines: BTreeMap<Word, f64> = BTreeMap::new();
    for (at, _) in
        facts.iter().enumerate().filter(|(_, fact)| fact.is_human() && fact.role != Some(Role::Noise))
    {
        for term in terms.distinctive(at) {
            *lines.entry(term).or_default() += 1.0;
        }
    }
    for count in lines.values_mut() {
        *count = f64::ln_1p(*count);
    }
    for term in named {
        *lines.entry(*term).or_default() += 3.0;
    }
    lines
}

/// The alerts that share the incident's words or that people answered, as far as the conversation tells; with a single
/// alert, that one.
fn alerts(facts: &[Fact], terms: &Terms, weights: &BTreeMap<Word, f64>) -> Vec<bool> {
    let is_alert = |fact: &Fact| {
        matches!(fact.kind, EventKind::AlertFired | EventKind::AlertResolved | EventKind::AlertAcknowledged)
    };
    let overlap = |at: usize| {
        let mut found: Vec<f64> =
            terms.distinctive(at).filter_map(|term| weights.get(&term)).copied().collect();
        found.sort_by(|a, b| b.total_cmp(a));
        found.iter().take(3).sum::<f64>()
    };
    let mut answers: BTreeMap<&str, f64> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.kind == EventKind::AlertFired) {
        let most = answers.entry(name(fact)).or_default();
        *most = most.max(answered(facts, fact));
    }
    let score = |at: usize, fact: &Fact| overlap(at) + answers.get(name(fact)).copied().unwrap_or_default();
    let scores: Vec<f64> = facts
        .iter()
        .enumerate()
        .map(|(at, fact)| if is_alert(fact) { score(at, fact) } else { 0.0 })
        .collect();
    let best = scores.iter().copied().fold(0.0, f64::max);
    let everywhere_tried = facts.iter().filter(|fact| is_alert(fact)).all(|fact| TRIAL.is_match(&fact.text));
    let disowning: Vec<usize> =
        (0..facts.len()).filter(|at| facts[*at].is_human() && UNRELATED.is_match(&facts[*at].text)).collect();
    facts
        .iter()
        .enumerate()
        .map(|(at, fact)| {
            is_alert(fact)
                && scores[at] >= best * SHARE_OF_BEST
                && (everywhere_tried || !TRIAL.is_match(&fact.text))
                && !is_disowned(facts, terms, at, &disowning)
        })
        .collect()
}

/// How much people say of the work in the minutes after an alert: the logarithm of their lines.
fn answered(facts: &[Fact], alert: &Fact) -> f64 {
    let lines = within(facts, alert.at, 0, ANSWERED_WITHIN_S)
        .filter(|at| facts[*at].is_human() && facts[*at].role != Some(Role::Noise));
    f64::ln_1p(lines.count() as f64)
}

/// What an alert and its end have in common.
fn name(alert: &Fact) -> &str {
    alert.labels.get("alertname").map_or_else(|| alert.text.trim_start_matches("Resolved: "), String::as_str)
}

/// Whether one of the lines that disown something follows soon after an alert and speaks of it.
fn is_disowned(facts: &[Fact], terms: &Terms, alert: usize, disowning: &[usize]) -> bool {
    disowning.iter().any(|at| {
        let soon = (0..=1800).contains(&seconds(facts[alert].at, facts[*at].at));
        let own = terms.of(alert);
        soon && terms.distinctive(*at).any(|word| own.iter().any(|known| known == word))
    })
}

/// Changes that are taken back or take something back, and all records of the same commits and pull requests; also
/// those that people mention by number.
fn chain(facts: &[Fact], reversals: &[Reversal]) -> BTreeSet<usize> {
    let mut members: BTreeSet<usize> =
        reversals.iter().flat_map(|reversal| [reversal.by, reversal.of]).collect();
    let spoken: BTreeSet<String> =
        facts.iter().filter(|fact| fact.is_human()).flat_map(|fact| numbers(&fact.text)).collect();
    for (at, fact) in facts.iter().enumerate() {
        if fact.keys_of("pr").any(|number| spoken.contains(number)) {
            members.insert(at);
        }
    }
    let keys: BTreeSet<&str> = members.iter().flat_map(|at| identities(&facts[*at])).collect();
    for (at, fact) in facts.iter().enumerate() {
        if identities(fact).iter().any(|key| keys.contains(key)) {
            members.insert(at);
        }
    }
    members
}

/// The commit and pull request ids of a fact, also those it merely refers to.
pub(super) fn identities(fact: &Fact) -> Vec<&str> {
    let sha = fact.labels.get("sha").and_then(|sha| sha.get(..7));
    fact.keys_of("pr").chain(fact.keys_of("sha")).chain(sha).collect()
}

/// Whether a change names two things that people talk about.
fn is_talked_of(at: usize, terms: &Terms, weights: &BTreeMap<Word, f64>) -> bool {
    let talked =
        terms.distinctive(at).filter_map(|term| weights.get(&term)).filter(|weight| **weight > 1.2).count();
    talked >= 2
}

/// Words of the changes that take something back: in a bare change log they tell what the trouble was about.
fn undone(facts: &[Fact]) -> BTreeSet<String> {
    let rollbacks = facts.iter().filter(|fact| fact.kind == EventKind::Rollback);
    distinctive(&rollbacks.flat_map(subject).collect())
}

/// From a working day's half before the first change that takes something back until as long after the last.
fn reach(facts: &[Fact]) -> Option<(Timestamp, Timestamp)> {
    let half_day = SignedDuration::from_hours(6);
    let mut rollbacks = facts.iter().filter(|fact| fact.kind == EventKind::Rollback).map(|fact| fact.at);
    let first = rollbacks.next()?;
    let last = rollbacks.next_back().unwrap_or(first);
    Some((first.checked_sub(half_day).ok()?, last.checked_add(half_day).ok()?))
}

/// Stemmed words of a change's own title, without the branch of its merge and the files it touches.
fn subject(fact: &Fact) -> BTreeSet<String> {
    let title = fact.text.split(" (").next().unwrap_or_default();
    let title = match title.split_once(" from ") {
        Some((_, rest)) => rest.split_once(": ").map_or("", |(_, title)| title),
        None => title,
    };
    technical_tokens(title).into_iter().collect()
}
