//! Failure modes: readable rules over the lines of an incident; each hit quotes the line it rests on.

mod passages;
mod rules;

use std::collections::BTreeMap;

use crate::domain::PastIncident;
use crate::text::sentences;

use passages::{Passage, passages};
pub(super) use rules::stems;
pub use rules::{FailureMode, FailureModes, RuleError};

/// What a phrase counts, and what a term counts.
const PHRASE: u32 = 3;
const TERM: u32 = 1;
/// Sum from which an incident belongs to a mode.
const ENOUGH: u32 = 3;

/// A line that speaks for a mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Position of the mode in [`FailureModes::modes`].
    pub mode: usize,
    /// The phrase or term of the rule.
    pub cue: String,
    /// Line in the incident's text, from 1; 0 is the title.
    pub line: usize,
    pub quote: String,
    pub weight: u32,
}

/// The mode of an incident and everything that spoke for any mode, strongest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    pub mode: Option<usize>,
    pub hits: Vec<Hit>,
}

/// Reads an incident against the rules. Of each passage a mode takes at most one phrase and one term: a word that is
/// repeated says no more than once.
#[must_use]
pub fn diagnose(incident: &PastIncident, modes: &FailureModes) -> Diagnosis {
    let mut hits = Vec::new();
    for passage in passages(incident) {
        hits.extend(hits_of(&passage, modes));
    }
    let mut sums: BTreeMap<usize, u32> = BTreeMap::new();
    for hit in &hits {
        *sums.entry(hit.mode).or_default() += hit.weight;
    }
    let mode = sums
        .iter()
        .filter(|(_, sum)| **sum >= ENOUGH)
        .max_by_key(|(mode, sum)| (**sum, std::cmp::Reverse(**mode)))
        .map(|(mode, _)| *mode);
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.weight), hit.line, hit.mode));
    Diagnosis { mode, hits }
}

fn hits_of(passage: &Passage, modes: &FailureModes) -> Vec<Hit> {
    let found = modes.find(&passage.stems);
    let mut hits = Vec::new();
    for (mode, cues) in found {
        for (cue, base) in [(cues.phrase, PHRASE), (cues.term, TERM)] {
            if let Some(cue) = cue {
                let (line, quote) = (passage.line, sentence_of(passage, mode, modes));
                hits.push(Hit { mode, cue, line, quote, weight: base * passage.weight });
            }
        }
    }
    hits
}

/// The first sentence of a passage that speaks for the mode by itself, else the whole passage.
fn sentence_of(passage: &Passage, mode: usize, modes: &FailureModes) -> String {
    sentences(&passage.text)
        .into_iter()
        .map(|span| span.of(&passage.text))
        .find(|sentence| modes.find(&rules::stems(sentence)).contains_key(&mode))
        .unwrap_or(&passage.text)
        .to_owned()
}

#[cfg(test)]
mod tests;
