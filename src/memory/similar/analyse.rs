//! Turns an incident into counted terms.

use std::collections::BTreeMap;

use super::clean::clean;
use super::grams::{GramCounts, grams_of};
use crate::domain::PastIncident;
use crate::text::technical_tokens;

/// How often a title counts beside the body.
const TITLE_WEIGHT: u16 = 2;

/// A term of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCount {
    /// Stem.
    pub term: String,
    /// Occurrences in the body plus twice those in the title.
    pub tf: u16,
    /// Occurrences in the title.
    pub title: u8,
}

/// What the index keeps of one incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysed {
    /// Ordered by term.
    pub terms: Vec<TermCount>,
    /// Hashed character 4-grams with their counts, ordered.
    pub grams: GramCounts,
    /// Day of the incident, counted from 1970-01-01.
    pub day: Option<i32>,
}

/// The day of an incident, counted from 1970-01-01.
#[must_use]
pub fn day_of(incident: &PastIncident) -> Option<i32> {
    incident.date.and_then(|date| i32::try_from(date.as_second().div_euclid(86_400)).ok())
}

/// Counts the terms and character grams of an incident.
#[must_use]
pub fn analyse(incident: &PastIncident) -> Analysed {
    let (title, body) = (clean(&incident.title), clean(&incident.text));
    let mut counts: BTreeMap<String, (u16, u8)> = BTreeMap::new();
    for term in technical_tokens(&title) {
        let (tf, title) = counts.entry(term).or_default();
        *tf = tf.saturating_add(TITLE_WEIGHT);
        *title = title.saturating_add(1);
    }
    for term in technical_tokens(&body) {
        let (tf, _) = counts.entry(term).or_default();
        *tf = tf.saturating_add(1);
    }
    Analysed {
        terms: counts.into_iter().map(|(term, (tf, title))| TermCount { term, tf, title }).collect(),
        grams: grams_of(&title, &body),
        day: day_of(incident),
    }
}
