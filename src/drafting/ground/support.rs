//! How much of a sentence's wording its evidence shares, weighted by how rare each word is in the incident.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{frames, sense};
use crate::text::technical_tokens;

/// Document frequencies over the lines of one incident.
#[derive(Clone, Debug, Default)]
pub struct Rarity {
    lines: f64,
    seen: BTreeMap<String, f64>,
}

impl Rarity {
    pub fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut rarity = Self::default();
        for line in lines {
            rarity.lines += 1.0;
            for sense in senses(line) {
                *rarity.seen.entry(sense).or_insert(0.0) += 1.0;
            }
        }
        rarity
    }

    /// Whether more than one line of the incident holds the word.
    pub(super) fn told_twice(&self, sense: &str) -> bool {
        self.seen.get(sense).copied().unwrap_or(0.0) >= 2.0
    }

    /// idf with add-one smoothing; a word that no line holds weighs most.
    fn weight(&self, sense: &str) -> f64 {
        (1.0 + (self.lines + 1.0) / (self.seen.get(sense).copied().unwrap_or(0.0) + 1.0)).ln()
    }
}

/// The senses of the content words of a text.
#[must_use]
pub fn senses(text: &str) -> BTreeSet<String> {
    technical_tokens(text).into_iter().map(|stem| sense(&stem).to_owned()).collect()
}

/// Content words of a claim that say something checkable.
#[must_use]
pub fn content(text: &str) -> BTreeSet<String> {
    technical_tokens(text)
        .into_iter()
        .filter(|stem| stem.chars().count() > 2 && !frames(stem))
        .map(|stem| sense(&stem).to_owned())
        .collect()
}

/// Share of the weight of `content` that `evidence` holds, 1 when there is no content.
#[must_use]
pub fn recall(content: &BTreeSet<String>, evidence: &BTreeSet<String>, rarity: &Rarity) -> f64 {
    let total: f64 = content.iter().map(|word| rarity.weight(word)).sum();
    if total == 0.0 {
        return 1.0;
    }
    let held: f64 =
        content.iter().filter(|word| evidence.contains(*word)).map(|word| rarity.weight(word)).sum();
    held / total
}
