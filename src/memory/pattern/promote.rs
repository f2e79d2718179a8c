//! Proposes a failure-mode rule from a pattern: what its incidents say and the others do not, for a person to edit.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::failure_mode::stems;
use crate::domain::{PastIncident, Pattern};
use crate::text::{is_stop_word, sentences};

/// Proposals of each kind.
const PHRASES: usize = 8;
const TERMS: usize = 6;
/// Share of the members that must say a phrase.
const SAID_BY: f64 = 0.4;
/// How much more often members must say it than others.
const TELLING: f64 = 4.0;

/// A `[[mode]]` in TOML; `members` are the pattern's incidents, `others` the rest of the history.
#[must_use]
pub fn proposed_mode(pattern: &Pattern, members: &[&PastIncident], others: &[&PastIncident]) -> String {
    let phrases = telling_pairs(members, others);
    let quoted = |words: &[String]| {
        words
            .iter()
            .map(|word| serde_json::Value::from(word.as_str()).to_string())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let terms: Vec<String> = pattern
        .terms
        .iter()
        .filter(|term| !phrases.iter().any(|phrase| phrase.split(' ').any(|word| word == term.as_str())))
        .take(TERMS)
        .cloned()
        .collect();
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "# Proposed from {} ({} incidents: {}). Edit it: keep what names the failure, drop what names a service.",
        pattern.id,
        members.len(),
        members.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ")
    );
    let text = |value: &str| serde_json::Value::from(value).to_string();
    let _ = writeln!(out, "[[mode]]\nid = {}\nname = {}", text(&pattern.id), text(&pattern.label));
    out.push_str("description = \"\"\nlook_for = \"\"\nprevent = \"\"\n");
    let _ = writeln!(out, "phrases = [{}]\nterms = [{}]\nunless = []", quoted(&phrases), quoted(&terms));
    out
}

/// Neighbouring words that many members and few others say, as the members write them.
fn telling_pairs(members: &[&PastIncident], others: &[&PastIncident]) -> Vec<String> {
    let mut said: BTreeMap<(String, String), (usize, String)> = BTreeMap::new();
    for member in members {
        for (pair, surface) in pairs(member) {
            said.entry(pair).or_insert((0, surface)).0 += 1;
        }
    }
    let needed = ((members.len() as f64 * SAID_BY).ceil() as usize).max(2);
    said.retain(|_, (count, _)| *count >= needed);
    let mut elsewhere: BTreeMap<(String, String), usize> = BTreeMap::new();
    for other in others {
        for (pair, _) in pairs(other).into_iter().filter(|(pair, _)| said.contains_key(pair)) {
            *elsewhere.entry(pair).or_default() += 1;
        }
    }
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    let mut scored: Vec<(f64, String)> = said
        .into_iter()
        .filter_map(|(pair, (count, surface))| {
            let outside = share(elsewhere.get(&pair).copied().unwrap_or_default(), others.len());
            let inside = share(count, members.len());
            (inside >= TELLING * outside).then_some((inside - outside, surface))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.into_iter().take(PHRASES).map(|(_, surface)| surface).collect()
}

/// The pairs of an incident, by stem, with one way of writing each; names and numbers make no rule.
fn pairs(incident: &PastIncident) -> BTreeMap<(String, String), String> {
    let people: BTreeSet<String> = incident.actions.iter().filter_map(|one| one.owner.clone()).collect();
    let mut found = BTreeMap::new();
    for line in std::iter::once(incident.title.as_str()).chain(incident.text.lines()) {
        for sentence in sentences(line) {
            let words: Vec<&str> = sentence.of(line).split_whitespace().collect();
            for two in words.windows(2) {
                let bare: Vec<String> = two
                    .iter()
                    .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
                    .collect();
                let is_word = |word: &String| {
                    word.chars().count() > 2
                        && word.chars().all(char::is_alphabetic)
                        && !is_stop_word(word)
                        && !people.iter().any(|name| name.to_lowercase().contains(word.as_str()))
                };
                // A mark between them ends the phrase.
                let together = two[0].ends_with(char::is_alphanumeric);
                if together && bare.iter().all(is_word) {
                    let stem = |word: &str| stems(word).concat();
                    found.entry((stem(&bare[0]), stem(&bare[1]))).or_insert_with(|| bare.join(" "));
                }
            }
        }
    }
    found
}
