//! Joins records of several sources that tell the same fact.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::pattern;

use super::day::{is_telling, same_words};
use super::fact::{Fact, seconds};
use super::relay::is_relay;

/// A bot posts within this many seconds of what it reports.
const RELAY_S: i64 = 180;
/// Two alerting tools tell of one alert within this many seconds.
const TOOLS_S: i64 = 60;
/// A copied chat line has lost its seconds, and sometimes stands under the header of the minute before.
const CHAT_S: i64 = 150;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"#(\d{1,9})\b"));
static SHA: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[0-9a-f]{7,40}\b"));

/// Merges by key, then bot posts into the record of the tool, then the same alert of two tools. Input must be in
/// [`Fact::order`]; so is the output.
pub(super) fn merge(facts: Vec<Fact>) -> Vec<Fact> {
    let mut merged = by_key(facts);
    merged = by(merged, |known, fact| is_relay(fact) && !is_relay(known) && relays(fact, known));
    merged = by(merged, |known, fact| is_relay(fact) && is_relay(known) && relays(fact, known));
    merged = by(merged, same_alert);
    merged = by(merged, same_line);
    merged
}

fn by_key(facts: Vec<Fact>) -> Vec<Fact> {
    let mut merged: Vec<Fact> = Vec::with_capacity(facts.len());
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for fact in facts {
        let known = fact
            .keys
            .iter()
            .filter_map(|key| index.get(key).map(|at| (key, at)))
            .flat_map(|(key, at)| at.iter().map(move |at| (key, *at)))
            .find(|(key, at)| is_same(key, &merged[*at], &fact))
            .map(|(_, at)| at);
        let at = known.unwrap_or(merged.len());
        for key in &fact.keys {
            let places = index.entry(key.clone()).or_default();
            if !places.contains(&at) {
                places.push(at);
            }
        }
        match known {
            Some(at) => join(&mut merged[at], fact),
            None => merged.push(fact),
        }
    }
    merged.sort_by(Fact::order);
    merged
}

/// Whether an equal key means the same fact here: kinds must agree, and chat keys hold only across files and nearby.
fn is_same(key: &str, known: &Fact, fact: &Fact) -> bool {
    let near = |limit| seconds(known.at, fact.at).abs() <= limit;
    match key.split(':').next().unwrap_or_default() {
        "chat" => {
            let twice = known.origin.file == fact.origin.file
                || known.also.iter().any(|origin| origin.file == fact.origin.file);
            near(CHAT_S) && !twice
        }
        "pr" | "sha" => family(known) == family(fact) && (near(RELAY_S * 4) || known.source == fact.source),
        _ => known.kind == fact.kind && near(RELAY_S),
    }
}

/// What of a change's life the record tells; a merge is not a deploy, even of the same commit.
fn family(fact: &Fact) -> u8 {
    let subtype = fact.labels.get("subtype").map_or("", String::as_str);
    match (fact.kind, subtype) {
        (EventKind::Deploy, _) | (_, "deployment" | "deploy") => 1,
        (EventKind::ChangeMerged | EventKind::Rollback, _) => 2,
        (EventKind::Log, "workflow_run") => 3,
        _ => 4,
    }
}

/// Merges each fact into the nearest earlier or later one that `tells` accepts; the one with the better claim stays.
fn by(facts: Vec<Fact>, tells: impl Fn(&Fact, &Fact) -> bool) -> Vec<Fact> {
    let mut into: Vec<Option<usize>> = vec![None; facts.len()];
    let reach = RELAY_S * 4;
    for at in 0..facts.len() {
        let near = |other: &usize| seconds(facts[*other].at, facts[at].at).abs() <= reach;
        let before = (0..at).rev().take_while(near);
        let after = (at + 1..facts.len()).take_while(near);
        into[at] = before
            .chain(after)
            .filter(|other| into[*other].is_none() && tells(&facts[*other], &facts[at]))
            .min_by_key(|other| (seconds(facts[*other].at, facts[at].at).abs(), *other));
    }
    let mut slots: Vec<Option<Fact>> = facts.into_iter().map(Some).collect();
    for at in 0..slots.len() {
        let Some(target) = into[at] else { continue };
        let mut root = target;
        while let Some(next) = into[root].filter(|_| slots[root].is_none()) {
            root = next;
        }
        if root != at
            && slots[root].is_some()
            && let Some(fact) = slots[at].take()
            && let Some(known) = slots[root].as_mut()
        {
            join(known, fact);
        }
    }
    let mut merged: Vec<Fact> = slots.into_iter().flatten().collect();
    merged.sort_by(Fact::order);
    merged
}

/// Whether a bot's post tells what `known` records: the kinds agree and it names the id, the alert or the environment.
fn relays(post: &Fact, known: &Fact) -> bool {
    let distance = seconds(known.at, post.at);
    let limit = if post.kind.is_change() || post.kind == EventKind::Log { RELAY_S * 2 } else { RELAY_S };
    if distance.abs() > limit || family(post) != family(known) && post.kind != known.kind {
        return false;
    }
    let alike = post.kind == known.kind
        || (post.kind.is_change() && known.kind.is_change() && family(post) == family(known))
        || (post.kind == EventKind::Log && family(known) == 3);
    alike && (names_id(post, known) || names_subject(post, known))
}

fn names_id(post: &Fact, known: &Fact) -> bool {
    let numbers = NUMBER.captures_iter(&post.text).any(|number| {
        let number = &number[1];
        known.keys_of("pr").any(|key| key == number)
            || known.keys_of("pd").any(|key| key.split(':').next() == Some(number))
            || known.thread.as_deref().and_then(|thread| thread.strip_prefix("pd:")) == Some(number)
            || (is_relay(known) || family(known) == 3) && known.text.contains(&format!("#{number}"))
    });
    let revisions = SHA.find_iter(&post.text).any(|sha| {
        let short = sha.as_str()[..7].to_lowercase();
        known.keys_of("sha").any(|key| key == short)
            || known.labels.get("sha").is_some_and(|sha| sha.starts_with(&short))
    });
    numbers || revisions && family(post) == family(known)
}

fn names_subject(post: &Fact, known: &Fact) -> bool {
    let text = post.text.to_lowercase();
    let named = ["alertname", "environment"].iter().any(|label| {
        let fits = *label == "alertname" || post.kind.is_change();
        fits && known
            .labels
            .get(*label)
            .is_some_and(|name| name.len() > 4 && text.contains(&name.to_lowercase()))
    });
    named
        || post.kind == known.kind
            && is_relay(known)
            && post.kind != EventKind::Log
            && shared(post, known) >= 0.8
}

/// The same alert in two tools, or its mention among readings.
fn same_alert(known: &Fact, fact: &Fact) -> bool {
    if seconds(known.at, fact.at).abs() > TOOLS_S || known.class != SourceClass::Alerting {
        return false;
    }
    let alert = |kind| matches!(kind, EventKind::AlertFired | EventKind::AlertResolved);
    if !alert(known.kind) {
        return false;
    }
    if fact.class == SourceClass::Automated && !alert(fact.kind) {
        let text = fact.text.to_lowercase();
        return known.kind == EventKind::AlertFired
            && text.contains("alert")
            && known.labels.get("alertname").is_some_and(|name| text.contains(&name.to_lowercase()));
    }
    known.kind == fact.kind && known.source < fact.source && shared(known, fact) >= 0.4
}

/// The same chat line in two collections of which one has more around it: a copy that ran on into a footer.
fn same_line(known: &Fact, fact: &Fact) -> bool {
    let chat = known.class == SourceClass::Chat && fact.class == SourceClass::Chat;
    let apart =
        known.origin.file != fact.origin.file && known.also.iter().all(|at| at.file != fact.origin.file);
    if !chat || !apart || known.actor != fact.actor || seconds(known.at, fact.at).abs() > CHAT_S {
        return false;
    }
    let (a, b) = (same_words(&known.text), same_words(&fact.text));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    is_telling(short)
        && long.starts_with(short.as_str())
        && (a.len() > b.len() || a == b || known.precision >= fact.precision)
}

/// Share of the smaller one's words that both have.
fn shared(a: &Fact, b: &Fact) -> f64 {
    let (a, b) = (a.terms(), b.terms());
    let smaller = a.len().min(b.len()).max(1);
    a.intersection(&b).count() as f64 / smaller as f64
}

/// Adds what `fact` knows to `known`; the record with the better claim gives time, words and place.
fn join(known: &mut Fact, mut fact: Fact) {
    if claim(&fact) < claim(known) {
        std::mem::swap(known, &mut fact);
    }
    if fact.text != known.text {
        known.said.push(fact.text);
    }
    known.said.append(&mut fact.said);
    known.origin.permalink = known.origin.permalink.take().or_else(|| fact.origin.permalink.clone());
    known.also.push(fact.origin);
    known.also.append(&mut fact.also);
    known.also.sort();
    known.also.dedup();
    let own = known.origin.clone();
    known.also.retain(|origin| *origin != own);
    known.keys.append(&mut fact.keys);
    for (name, value) in fact.labels {
        known.labels.entry(name).or_insert(value);
    }
    for service in fact.services {
        if !known.services.contains(&service) {
            known.services.push(service);
        }
    }
    known.until = known.until.max(fact.until);
    known.count = known.count.max(fact.count);
    known.thread = known.thread.take().or(fact.thread);
    if known.actor.is_none() {
        known.actor = fact.actor;
        known.bot = fact.bot;
    }
}

/// Smaller is better: the tool itself before a bot that passes it on, then trust, precision, and the longer text.
fn claim(
    fact: &Fact,
) -> (bool, SourceClass, std::cmp::Reverse<crate::domain::Precision>, std::cmp::Reverse<usize>, String) {
    let alert = matches!(fact.kind, EventKind::AlertFired | EventKind::AlertResolved);
    let reading = fact.class == SourceClass::Automated && !alert && fact.labels.is_empty();
    (
        is_relay(fact) || reading,
        fact.class,
        std::cmp::Reverse(fact.precision),
        std::cmp::Reverse(fact.text.len()),
        format!("{}{}", fact.text, fact.origin),
    )
}
