//! Joins records of several sources that tell the same fact.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::pattern;

use super::day::{is_telling, same_words};
use super::fact::{Fact, seconds};
use super::relay::is_relay;
use super::terms::{Bag, Reader};

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
    let merged = by_key(facts);
    let tool = |fact: &Fact| !is_relay(fact);
    let merged = by(merged, RELAY_S * 2, is_relay, tool, |pairs, post, known| pairs.relays(post, known));
    let merged = by(merged, RELAY_S * 2, is_relay, is_relay, |pairs, post, known| pairs.relays(post, known));
    let alerting = |fact: &Fact| fact.class == SourceClass::Alerting && is_alert(fact);
    let other = |fact: &Fact| fact.class == SourceClass::Automated || is_alert(fact);
    let merged = by(merged, TOOLS_S, other, alerting, |pairs, fact, known| pairs.are_same_alert(fact, known));
    same_lines(merged)
}

fn is_alert(fact: &Fact) -> bool {
    matches!(fact.kind, EventKind::AlertFired | EventKind::AlertResolved)
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

/// Merges each fact that `is_told` into the nearest one within `reach` seconds that `is_known` and of which it `tells`;
/// the one with the better claim stays.
fn by(
    facts: Vec<Fact>,
    reach: i64,
    is_told: impl Fn(&Fact) -> bool,
    is_known: impl Fn(&Fact) -> bool,
    tells: impl Fn(&mut Pairs<'_>, usize, usize) -> bool,
) -> Vec<Fact> {
    let mut into: Vec<Option<usize>> = vec![None; facts.len()];
    let known: Vec<usize> = (0..facts.len()).filter(|at| is_known(&facts[*at])).collect();
    let mut pairs = Pairs { facts: &facts, reader: Reader::default(), bags: BTreeMap::new(), named: None };
    for at in (0..facts.len()).filter(|at| is_told(&facts[*at])) {
        let after = |other: usize| seconds(facts[at].at, facts[other].at);
        let first = known.partition_point(|other| after(*other) < -reach);
        let best = known[first..]
            .iter()
            .copied()
            .take_while(|other| after(*other) <= reach)
            .filter(|other| *other != at && into[*other].is_none() && tells(&mut pairs, at, *other))
            .min_by_key(|other| (after(*other).abs(), *other));
        into[at] = best;
    }
    joined(facts, &into)
}

/// The facts with those that have a target joined into it.
fn joined(facts: Vec<Fact>, into: &[Option<usize>]) -> Vec<Fact> {
    if into.iter().all(Option::is_none) {
        return facts;
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

/// Compares two facts by what they name; what was read of a text is kept for the next pair.
struct Pairs<'a> {
    facts: &'a [Fact],
    reader: Reader,
    bags: BTreeMap<usize, Bag>,
    /// The last post that was looked at, with the numbers and revisions that it names.
    named: Option<(usize, Vec<String>, Vec<String>)>,
}

impl Pairs<'_> {
    /// Whether a bot's post tells what `known` records: the kinds agree and it names the id, the alert or the
    /// environment.
    fn relays(&mut self, post: usize, known: usize) -> bool {
        let (told, record) = (&self.facts[post], &self.facts[known]);
        let distance = seconds(record.at, told.at);
        let limit = if told.kind.is_change() || told.kind == EventKind::Log { RELAY_S * 2 } else { RELAY_S };
        if distance.abs() > limit || family(told) != family(record) && told.kind != record.kind {
            return false;
        }
        let alike = told.kind == record.kind
            || (told.kind.is_change() && record.kind.is_change() && family(told) == family(record))
            || (told.kind == EventKind::Log && family(record) == 3);
        alike && (self.names_id(post, known) || self.names_subject(post, known))
    }

    fn names_id(&mut self, post: usize, known: usize) -> bool {
        let (told, record) = (&self.facts[post], &self.facts[known]);
        if self.named.as_ref().is_none_or(|(at, _, _)| *at != post) {
            let numbers = NUMBER.captures_iter(&told.text).map(|number| number[1].to_owned()).collect();
            let revisions = SHA.find_iter(&told.text).map(|sha| sha.as_str()[..7].to_lowercase()).collect();
            self.named = Some((post, numbers, revisions));
        }
        let Some((_, numbers, revisions)) = &self.named else { return false };
        let numbers = numbers.iter().any(|number| {
            record.keys_of("pr").any(|key| key == number)
                || record.keys_of("pd").any(|key| key.split(':').next() == Some(number))
                || record.thread.as_deref().and_then(|thread| thread.strip_prefix("pd:")) == Some(number)
                || (is_relay(record) || family(record) == 3) && record.text.contains(&format!("#{number}"))
        });
        let revisions = revisions.iter().any(|short| {
            record.keys_of("sha").any(|key| key == short)
                || record.labels.get("sha").is_some_and(|sha| sha.starts_with(short))
        });
        numbers || revisions && family(told) == family(record)
    }

    fn names_subject(&mut self, post: usize, known: usize) -> bool {
        let (told, record) = (&self.facts[post], &self.facts[known]);
        let named = ["alertname", "environment"].iter().any(|label| {
            let fits = *label == "alertname" || told.kind.is_change();
            fits && record
                .labels
                .get(*label)
                .is_some_and(|name| name.len() > 4 && told.text.to_lowercase().contains(&name.to_lowercase()))
        });
        named
            || told.kind == record.kind
                && is_relay(record)
                && told.kind != EventKind::Log
                && self.shared(post, known) >= 0.8
    }

    /// The same alert in two tools, or its mention among readings.
    fn are_same_alert(&mut self, fact: usize, known: usize) -> bool {
        let (told, record) = (&self.facts[fact], &self.facts[known]);
        if told.class == SourceClass::Automated && !is_alert(told) {
            let text = told.text.to_lowercase();
            return record.kind == EventKind::AlertFired
                && text.contains("alert")
                && record.labels.get("alertname").is_some_and(|name| text.contains(&name.to_lowercase()));
        }
        record.kind == told.kind && record.source < told.source && self.shared(known, fact) >= 0.4
    }

    /// Share of the smaller one's words that both have.
    fn shared(&mut self, a: usize, b: usize) -> f64 {
        for at in [a, b] {
            if !self.bags.contains_key(&at) {
                let bag = self.reader.fact(&self.facts[at]);
                self.bags.insert(at, bag);
            }
        }
        let (a, b) = (&self.bags[&a], &self.bags[&b]);
        a.shared(b) as f64 / a.len().min(b.len()).max(1) as f64
    }
}

/// Merges the same chat line of two collections of which one has more around it: a copy that ran on into a footer.
fn same_lines(facts: Vec<Fact>) -> Vec<Fact> {
    let chat = || (0..facts.len()).filter(|at| facts[*at].class == SourceClass::Chat);
    let files: BTreeSet<&str> = chat().map(|at| facts[at].origin.file.as_str()).collect();
    if files.len() < 2 {
        return facts;
    }
    let mut by_actor: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for at in chat() {
        by_actor.entry(facts[at].actor.as_deref()).or_default().push(at);
    }
    let words: BTreeMap<usize, String> = chat().map(|at| (at, same_words(&facts[at].text))).collect();
    let mut into: Vec<Option<usize>> = vec![None; facts.len()];
    for at in chat() {
        let after = |other: usize| seconds(facts[at].at, facts[other].at);
        let own = &by_actor[&facts[at].actor.as_deref()];
        let first = own.partition_point(|other| after(*other) < -CHAT_S);
        into[at] = own[first..]
            .iter()
            .copied()
            .take_while(|other| after(*other) <= CHAT_S)
            .filter(|other| *other != at && into[*other].is_none())
            .filter(|other| {
                are_apart(&facts[*other], &facts[at])
                    && tells_line(&words[other], &words[&at], facts[*other].precision >= facts[at].precision)
            })
            .min_by_key(|other| (after(*other).abs(), *other));
    }
    joined(facts, &into)
}

fn are_apart(known: &Fact, fact: &Fact) -> bool {
    known.origin.file != fact.origin.file && known.also.iter().all(|at| at.file != fact.origin.file)
}

/// Whether the words of one line begin those of the other, the one that is kept being the longer, equal or finer one.
fn tells_line(known: &str, told: &str, finer: bool) -> bool {
    let (short, long) = if known.len() <= told.len() { (known, told) } else { (told, known) };
    is_telling(short) && long.starts_with(short) && (known.len() > told.len() || known == told || finer)
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
    let reading = fact.class == SourceClass::Automated && !is_alert(fact) && fact.labels.is_empty();
    (
        is_relay(fact) || reading,
        fact.class,
        std::cmp::Reverse(fact.precision),
        std::cmp::Reverse(fact.text.len()),
        format!("{}{}", fact.text, fact.origin),
    )
}
