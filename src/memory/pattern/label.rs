//! Words for a group: class TF-IDF over its incidents (Grootendorst 2022), shown as people wrote them.

use std::collections::{BTreeSet, HashMap};

use super::vectors::Vectors;
use crate::memory::similar::Index;
use crate::text::each_technical_token;

/// Terms of a group.
const TERMS: usize = 8;
/// Incidents whose words show how a stem is written.
const SPOKEN_BY: usize = 12;

/// The terms that set each group apart from the others, strongest first.
pub(super) fn telling_terms(index: &Index, vectors: &Vectors, groups: &[Vec<usize>]) -> Vec<Vec<String>> {
    let names: Vec<&str> = index.terms().map(|(term, _)| term).collect();
    let mut group_of = vec![None; vectors.len()];
    for (group, members) in groups.iter().enumerate() {
        members.iter().for_each(|&member| group_of[member] = Some(group));
    }
    // Weight of each term in each group, and over all groups.
    let mut weights: Vec<HashMap<u32, (f32, u32)>> = vec![HashMap::new(); groups.len()];
    let mut totals = vec![0.0_f32; names.len()];
    for (doc, row) in vectors.rows.iter().enumerate() {
        let Some(group) = group_of[doc] else { continue };
        for weight in row {
            let (sum, members) = weights[group].entry(weight.at).or_default();
            *sum += weight.value;
            *members += 1;
            totals[weight.at as usize] += weight.value;
        }
    }
    let mean: f32 = totals.iter().sum::<f32>() / groups.len().max(1) as f32;
    groups
        .iter()
        .zip(weights)
        .map(|(members, of_group)| {
            let people = people(index, members);
            let needed = if members.len() > 2 { 2 } else { 1 };
            let mut scored: Vec<(f32, u32)> = of_group
                .into_iter()
                .filter(|(term, (_, members))| *members >= needed && is_word(names[*term as usize]))
                .filter(|(term, _)| !people.contains(names[*term as usize]))
                .map(|(term, (sum, _))| (sum * (1.0 + mean / totals[term as usize]).ln(), term))
                .collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let stems: Vec<&str> =
                scored.iter().take(3 * TERMS).map(|(_, term)| names[*term as usize]).collect();
            spoken(index, members, &stems)
        })
        .collect()
}

/// Stems of the names of those who own actions or are mentioned by handle: patterns are about systems.
fn people(index: &Index, members: &[usize]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for &member in members {
        let incident = &index.incidents()[member];
        let owners = incident.actions.iter().filter_map(|action| action.owner.as_deref());
        let words = incident.text.split_whitespace().filter(|word| word.starts_with('@'));
        // `@ana (payments)`: the team may be a component.
        let first =
            owners.filter_map(|owner| owner.split_whitespace().next()).filter(|name| name.starts_with('@'));
        first.chain(words).for_each(|name| {
            each_technical_token(name, |_, stem| {
                names.insert(stem);
            })
        });
    }
    names
}

/// Numbers and single letters name nothing.
fn is_word(stem: &str) -> bool {
    stem.chars().count() > 1 && stem.chars().any(char::is_alphabetic)
}

/// The stems as the members write them, most often; a part of a term that is there already is left out.
fn spoken(index: &Index, members: &[usize], stems: &[&str]) -> Vec<String> {
    let mut counts: HashMap<&str, std::collections::BTreeMap<String, usize>> = HashMap::new();
    for &member in members.iter().take(SPOKEN_BY) {
        let incident = &index.incidents()[member];
        for text in [&incident.title, &incident.text] {
            each_technical_token(text, |surface, stem| {
                if let Some(known) = stems.iter().find(|known| **known == stem) {
                    *counts.entry(known).or_default().entry(surface.to_lowercase()).or_default() += 1;
                }
            });
        }
    }
    let mut terms: Vec<String> = Vec::new();
    for stem in stems {
        let surface = counts
            .get(stem)
            .and_then(|forms| forms.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))))
            .map_or_else(|| (*stem).to_owned(), |(form, _)| form.clone());
        let known = terms.iter().any(|term| term.contains(&surface) || surface.contains(term.as_str()));
        if !known && terms.len() < TERMS {
            terms.push(surface);
        }
    }
    terms
}
