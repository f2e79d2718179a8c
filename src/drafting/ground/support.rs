//! How much of a sentence's wording its evidence shares, weighted by how rare each word is in the incident.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{frames, sense};
use super::pattern::pattern;
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

    /// idf with add-one smoothing. A word that no line of the incident holds is as likely the writer's own as a foreign
    /// thing, so it weighs no more than one that a few lines hold.
    fn weight(&self, sense: &str) -> f64 {
        let seen = self.seen.get(sense).copied().unwrap_or(UNSEEN);
        (1.0 + (self.lines + 1.0) / (seen + 1.0)).ln()
    }
}

/// Lines that a word which is in none counts as being in.
const UNSEEN: f64 = 2.0;

/// The senses of the content words of a text.
#[must_use]
pub fn senses(text: &str) -> BTreeSet<String> {
    technical_tokens(&SPLIT.replace_all(text, "failover"))
        .into_iter()
        .map(|stem| sense(&stem).to_owned())
        .collect()
}

/// A verb in two words that prose joins.
static SPLIT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bfail(ed|s|ing)? ?over\b"));

/// Bounds of a figure say nothing by themselves.
static BOUNDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:no )?(less|fewer|more|higher|lower|longer) than\b|\bat (least|most)\b|\bup to\b")
});

/// A text without its bounds: "less than ten minutes" is no less of anything.
#[must_use]
pub fn unbounded(text: &str) -> String {
    BOUNDS.replace_all(text, " ").into_owned()
}

/// Content words of a claim that say something checkable.
#[must_use]
pub fn content(text: &str) -> BTreeSet<String> {
    technical_tokens(&unbounded(text))
        .into_iter()
        .filter(|stem| stem.chars().count() > 2 && !frames(stem))
        .map(|stem| sense(&stem).to_owned())
        .collect()
}

/// Share of the weight of `content` that `evidence` holds, 1 when there is no content.
#[must_use]
pub fn recall(content: &BTreeSet<String>, evidence: &BTreeSet<String>, rarity: &Rarity) -> f64 {
    recall_beside(content, evidence, rarity, 0)
}

/// The same, where `facts` figures, times and names of the sentence were found in the evidence already.
#[must_use]
pub fn recall_beside(
    content: &BTreeSet<String>,
    evidence: &BTreeSet<String>,
    rarity: &Rarity,
    facts: usize,
) -> f64 {
    let carried = facts as f64 * FACT;
    let total: f64 = carried + content.iter().map(|word| rarity.weight(word)).sum::<f64>();
    if total == 0.0 {
        return 1.0;
    }
    let held: f64 =
        content.iter().filter(|word| evidence.contains(*word)).map(|word| rarity.weight(word)).sum();
    (carried + held) / total
}

/// What a fact that was found weighs beside words of 1 (in every line) to 4 (in none).
const FACT: f64 = 1.5;
