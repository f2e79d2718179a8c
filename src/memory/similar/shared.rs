//! What a match rests on: rare terms, services and lines that two incidents have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::clean::clean;
use super::corpus::Corpus;
use super::fusion::{cosine_weight, idf};
use super::lines::quotable_lines;
use crate::domain::{PastIncident, Shared};
use crate::text::{each_technical_token, fold};

/// Terms shown.
const TERMS: usize = 8;
/// Pairs of lines shown.
const QUOTES: usize = 2;
/// Terms in a larger share of the history than this tell nothing.
const COMMON: f64 = 0.25;
/// Share of their weight that two lines must have in common to be shown side by side.
const ALIKE: f32 = 0.15;
/// Telling words that both lines must have.
const TELLING: usize = 2;

/// A term as people wrote it, with how much it says: the product of its weights in both incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedTerm {
    pub term: String,
    pub weight: f32,
}

/// The evidence of one match.
pub(super) fn shared<C: Corpus>(
    query: &PastIncident,
    found: &PastIncident,
    corpus: &C,
) -> Result<Shared, C::Error> {
    let weights = Weights::new(query, found, corpus)?;
    let known: BTreeSet<String> = found.services.iter().map(|service| fold(service)).collect();
    Ok(Shared {
        terms: weights.terms().into_iter().take(TERMS).map(|shared| shared.term).collect(),
        services: query.services.iter().filter(|service| known.contains(&fold(service))).cloned().collect(),
        quotes: quotes(query, found, &weights),
    })
}

/// The stems of both incidents with their idf and surface form.
struct Weights {
    by_stem: BTreeMap<String, Weight>,
    /// Names of people: who took part says nothing of the failure.
    handles: BTreeSet<String>,
}

struct Weight {
    surface: String,
    idf: f32,
    /// Counts in the query and in the match.
    tf: [f32; 2],
    common: bool,
}

impl Weights {
    fn new<C: Corpus>(query: &PastIncident, found: &PastIncident, corpus: &C) -> Result<Self, C::Error> {
        let mut counts: BTreeMap<String, (String, [f32; 2])> = BTreeMap::new();
        for (side, incident) in [query, found].into_iter().enumerate() {
            for text in [clean(&incident.title), clean(&incident.text)] {
                each_technical_token(&text, |surface, stem| {
                    let (_, tf) = counts.entry(stem).or_insert_with(|| (spoken(surface), [0.0; 2]));
                    tf[side] += 1.0;
                });
            }
        }
        let documents = corpus.docs().len();
        let mut by_stem = BTreeMap::new();
        for (stem, (surface, tf)) in counts {
            if tf[0] == 0.0 || tf[1] == 0.0 {
                continue;
            }
            let df = corpus.postings(&stem)?.len();
            let common = documents >= 10 && df as f64 > documents as f64 * COMMON;
            by_stem.insert(stem, Weight { surface, idf: idf(documents, df), tf, common });
        }
        let handles = [query, found].into_iter().flat_map(|one| handles(&one.text)).collect();
        Ok(Self { by_stem, handles })
    }

    /// Telling terms, strongest first; parts of a compound that is already there are left out.
    fn terms(&self) -> Vec<SharedTerm> {
        let mut terms: Vec<SharedTerm> = self
            .by_stem
            .values()
            .filter(|weight| !weight.common && is_telling(&weight.surface))
            .filter(|weight| !self.handles.contains(&weight.surface.to_lowercase()))
            .map(|weight| SharedTerm {
                term: weight.surface.clone(),
                weight: cosine_weight(weight.tf[0], weight.idf) * cosine_weight(weight.tf[1], weight.idf),
            })
            .collect();
        terms.sort_by(|a, b| {
            let longer = b.term.len().cmp(&a.term.len());
            b.weight.total_cmp(&a.weight).then(longer).then_with(|| a.term.cmp(&b.term))
        });
        let mut kept: Vec<SharedTerm> = Vec::new();
        for term in terms {
            let folded = term.term.to_lowercase();
            if !kept.iter().any(|other| other.term.to_lowercase().contains(&folded)) {
                kept.push(term);
            }
        }
        kept
    }

    /// Weight of a stem in a line: none for what a quarter of the history says, for chance numbers and for names.
    fn line_weight(&self, stem: &str) -> Option<f32> {
        self.by_stem.get(stem).map(|weight| {
            let named = self.handles.contains(&weight.surface.to_lowercase());
            if weight.common || named || !is_telling(&weight.surface) { 0.0 } else { weight.idf }
        })
    }
}

/// What stands behind an `@`, in lower case.
fn handles(text: &str) -> impl Iterator<Item = String> {
    let behind = text.split('@').skip(1);
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    behind.map(name).filter(|name| !name.is_empty()).map(|name| name.to_lowercase())
}

/// Identifiers keep their case, words lose it.
fn spoken(surface: &str) -> String {
    let inner_capital = surface.chars().skip(1).any(char::is_uppercase);
    if inner_capital || surface.contains('_') { surface.to_owned() } else { surface.to_lowercase() }
}

/// A number of less than three digits is chance; so is a single letter.
fn is_telling(surface: &str) -> bool {
    let digits = surface.chars().all(|c| c.is_ascii_digit());
    surface.chars().count() >= if digits { 3 } else { 2 }
}

/// The pairs of lines most alike, each line at most once.
fn quotes(query: &PastIncident, found: &PastIncident, weights: &Weights) -> Vec<(String, String)> {
    let left = weighed(query, weights);
    let right = weighed(found, weights);
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (i, (_, a)) in left.iter().enumerate() {
        for (j, (_, b)) in right.iter().enumerate() {
            let alike = a.cosine(b);
            if alike.1 >= TELLING && alike.0 >= ALIKE {
                // Two long lines alike say more than two short ones.
                pairs.push((alike.0 * (alike.1 as f32).sqrt(), i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut quotes = Vec::new();
    let (mut used_left, mut used_right) = (BTreeSet::new(), BTreeSet::new());
    for (_, i, j) in pairs {
        if quotes.len() < QUOTES && !used_left.contains(&i) && !used_right.contains(&j) {
            used_left.insert(i);
            used_right.insert(j);
            quotes.push((left[i].0.clone(), right[j].0.clone()));
        }
    }
    quotes
}

/// A line's shared stems, and the length of its whole vector.
struct Line {
    stems: BTreeMap<String, f32>,
    norm: f32,
}

impl Line {
    /// Cosine, and how many telling stems both lines have.
    fn cosine(&self, other: &Self) -> (f32, usize) {
        let mut dot = 0.0;
        let mut both = 0;
        for (stem, weight) in &self.stems {
            if let Some(other) = other.stems.get(stem) {
                dot += weight * other;
                both += 1;
            }
        }
        (if dot > 0.0 { dot / (self.norm * other.norm) } else { 0.0 }, both)
    }
}

fn weighed(incident: &PastIncident, weights: &Weights) -> Vec<(String, Line)> {
    /// Weight of a word that only one of the two incidents has.
    const UNSHARED: f32 = 2.0;
    quotable_lines(incident)
        .into_iter()
        .map(|text| {
            let mut stems = BTreeMap::new();
            let mut others = 0.0;
            each_technical_token(&clean(&text), |_, stem| match weights.line_weight(&stem) {
                Some(weight) if weight > 0.0 => {
                    stems.insert(stem, weight);
                }
                Some(_) => {}
                None => others += UNSHARED * UNSHARED,
            });
            let own: f32 = stems.values().map(|weight| weight * weight).sum();
            let norm = (own + others).sqrt();
            (text, Line { stems, norm })
        })
        .collect()
}
