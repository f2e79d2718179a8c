//! Finds which change takes back which other one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::EventKind;
use crate::evidence::pattern;
use crate::text::technical_tokens;

use super::fact::{Fact, seconds};
use super::scope::distinctive;

/// A roll-back that names no change takes back the last deploy of the same service within this time.
const RECENT_S: i64 = 14 * 86_400;
/// Or of the same name.
const DAY_S: i64 = 86_400;

static TITLE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\brevert(?:s|ed|ing)?:? ["“'](.{4,200})["”']"#));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:revert(?:s|ed|ing)?(?: of)?|roll(?:s|ed|ing)? back|undo(?:es)?)(?: (?:pr|pull request|mr|change))? ?#(\d+)|\brevert-(\d+)-",
    )
});

/// `by` takes back `of`; both index the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reversal {
    pub(super) by: usize,
    pub(super) of: usize,
}

/// Every reversal that the texts and ids tell, in order of the reverting change.
pub(super) fn reversals(facts: &[Fact]) -> Vec<Reversal> {
    let mut found = Vec::new();
    let changes: Vec<usize> = (0..facts.len()).filter(|at| facts[*at].kind.is_change()).collect();
    for (by, fact) in changes.iter().map(|at| (*at, &facts[*at])) {
        let text = fact.all_text();
        let before = || {
            let earlier = changes[..changes.partition_point(|at| *at < by)].iter().rev();
            earlier.map(|at| (*at, &facts[*at]))
        };
        let by_sha = fact.labels.get("reverts").and_then(|sha| {
            let short = sha.get(..7)?.to_lowercase();
            before().find(|(_, other)| other.keys_of("sha").any(|key| key == short)).map(|(of, _)| of)
        });
        let by_number = || {
            NUMBER.captures_iter(&text).find_map(|hit| {
                let number = hit.get(1).or_else(|| hit.get(2))?.as_str();
                before().find(|(_, other)| other.keys_of("pr").any(|key| key == number)).map(|(of, _)| of)
            })
        };
        let by_title = || {
            let title = TITLE.captures(&text)?.get(1)?.as_str().to_lowercase();
            let same = |other: &Fact| {
                other.all_text().to_lowercase().contains(&title) && !is_revert_of(other, &title)
            };
            let landed = before().find(|(_, other)| is_landed(other) && same(other));
            landed.or_else(|| before().find(|(_, other)| same(other))).map(|(of, _)| of)
        };
        let by_value = || {
            let (subject, old, new) = value_change(&fact.text)?;
            let back = |other: &Fact| {
                value_change(&other.text)
                    .is_some_and(|(same, from, to)| same == subject && to == old && is_back(from, to, new))
            };
            before().find(|(_, other)| back(other)).map(|(of, _)| of)
        };
        let by_service = || {
            let deployed = |other: &Fact| {
                let own = other.services.iter().any(|service| fact.services.contains(service));
                let limit = if own { RECENT_S } else { DAY_S };
                other.kind == EventKind::Deploy
                    && (own || name_same(other, fact))
                    && (0..=limit).contains(&seconds(other.at, fact.at))
            };
            let rolls = fact.kind == EventKind::Rollback && is_landed(fact);
            before().find(|(_, other)| rolls && deployed(other)).map(|(of, _)| of)
        };
        if let Some(of) = by_sha.or_else(by_number).or_else(by_title).or_else(by_value).or_else(by_service) {
            found.push(Reversal { by, of: landing(facts, of, by) });
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether the third value undoes the step from the first to the second: the old value, or a number on its other side.
fn is_back(from: &str, to: &str, new: &str) -> bool {
    let number = |text: &str| text.trim_end_matches(['%', ',']).parse::<f64>().ok();
    let opposite = || Some((number(to)? - number(from)?) * (number(new)? - number(to)?) < 0.0);
    from != to && (from == new || opposite().unwrap_or(false))
}

/// What was set, its old and its new value: `flag new_basket, env prod, 10 → 100`.
fn value_change(text: &str) -> Option<(&str, &str, &str)> {
    let (before, new) = text.split_once(['→', '➜'])?;
    let (subject, old) = before.trim_end().rsplit_once(' ')?;
    Some((subject.trim_end_matches([' ', ',', ':']), old, new.split_whitespace().next()?))
}

/// Whether two records of deployments name the same thing that is deployed.
fn name_same(one: &Fact, two: &Fact) -> bool {
    let names = |fact: &Fact| -> BTreeSet<String> {
        let told = distinctive(&technical_tokens(&fact.text).into_iter().collect());
        let name = |word: &String| {
            word.len() >= 4 && !word.bytes().any(|byte| byte.is_ascii_digit()) && !word.starts_with("roll")
        };
        told.into_iter().filter(name).collect()
    };
    let place = |fact: &Fact| fact.labels.get("environment").map(|place| place.to_lowercase());
    let elsewhere = place(one).zip(place(two)).is_some_and(|(one, two)| one != two);
    !elsewhere && !names(one).is_disjoint(&names(two))
}

fn is_revert_of(fact: &Fact, title: &str) -> bool {
    TITLE.captures(&fact.all_text()).is_some_and(|hit| hit[1].to_lowercase() == title)
}

/// Whether the record tells of the moment when the change reached the main branch or production.
pub(super) fn is_landed(fact: &Fact) -> bool {
    fact.labels.get("subtype").is_none_or(|subtype| subtype != "commit")
}

/// A commit takes effect when it is merged: the first later merge whose branch speaks of the same thing or is of the
/// same author; without one the commit itself.
fn landing(facts: &[Fact], of: usize, before: usize) -> usize {
    let commit = &facts[of];
    if is_landed(commit) {
        return of;
    }
    let words: Vec<String> = commit
        .text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() >= 4)
        .map(str::to_lowercase)
        .collect();
    let merge = |other: &Fact| {
        other.kind == EventKind::ChangeMerged
            && other.text.split_once(" from ").is_some_and(|(_, branch)| {
                let branch = branch.to_lowercase();
                words.iter().any(|word| branch.contains(word.as_str()))
            })
    };
    (of + 1..before).find(|at| is_landed(&facts[*at]) && merge(&facts[*at])).unwrap_or(of)
}
