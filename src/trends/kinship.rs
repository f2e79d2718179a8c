//! Action items that ask for the same kind of thing, by their words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kodama::{Method, linkage};

use crate::text::technical_tokens;

/// Average-linkage distance (1 − cosine) up to which texts are of one kind; measured on the actions of
/// `fixtures/history`, whose recurring ones are listed in `history.expected.json`.
const SAME_KIND: f64 = 0.72;
/// Distinct texts that are compared; beyond it the latest are.
const MOST: usize = 3_000;
/// Different texts among which the one that stands for a group is sought.
const COMPARED: usize = 300;

/// One action to compare.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) text: &'a str,
    pub(super) tracking: Option<&'a str>,
}

/// Groups of two and more positions of `asked`, each in order, by first position. Texts are TF-IDF vectors of stems;
/// cosines are clustered by average linkage; a shared tracking id joins without regard to the words.
pub(super) fn kinds(asked: &[Asked<'_>]) -> Vec<Vec<usize>> {
    let terms: Vec<BTreeSet<String>> =
        asked.iter().map(|item| technical_tokens(item.text).into_iter().collect()).collect();
    let mut distinct: BTreeMap<(Vec<&str>, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (at, set) in terms.iter().enumerate() {
        let key = set.iter().map(String::as_str).collect();
        distinct.entry((key, asked[at].tracking)).or_default().push(at);
    }
    let mut nodes: Vec<Vec<usize>> = distinct.into_values().collect();
    nodes.sort();
    let cut = nodes.len().saturating_sub(MOST);
    let nodes = &nodes[cut..];
    let vectors = vectors(&terms, nodes);
    let tracking: Vec<Option<&str>> = nodes.iter().map(|node| asked[node[0]].tracking).collect();
    let mut groups: Vec<Vec<usize>> = clusters(&vectors, &tracking)
        .into_iter()
        .map(|members| {
            let mut all: Vec<usize> = members.into_iter().flat_map(|node| nodes[node].clone()).collect();
            all.sort_unstable();
            all
        })
        .filter(|members| members.len() > 1)
        .collect();
    groups.sort();
    groups
}

/// Unit TF-IDF vectors of the distinct texts; document frequency counts distinct texts.
fn vectors(terms: &[BTreeSet<String>], nodes: &[Vec<usize>]) -> Vec<Vec<(usize, f64)>> {
    let mut frequency: BTreeMap<&str, usize> = BTreeMap::new();
    for node in nodes {
        for term in &terms[node[0]] {
            *frequency.entry(term).or_default() += 1;
        }
    }
    let index: HashMap<&str, (usize, f64)> = frequency
        .iter()
        .enumerate()
        .map(|(at, (term, count))| (*term, (at, (1.0 + nodes.len() as f64 / *count as f64).ln())))
        .collect();
    nodes
        .iter()
        .map(|node| {
            let weights: Vec<(usize, f64)> =
                terms[node[0]].iter().filter_map(|term| index.get(term.as_str()).copied()).collect();
            let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(1e-12);
            weights.into_iter().map(|(term, weight)| (term, weight / length)).collect()
        })
        .collect()
}

fn clusters(vectors: &[Vec<(usize, f64)>], tracking: &[Option<&str>]) -> Vec<Vec<usize>> {
    let n = vectors.len();
    if n < 2 {
        return (0..n).map(|node| vec![node]).collect();
    }
    let mut postings: HashMap<usize, Vec<(usize, f64)>> = HashMap::new();
    for (node, vector) in vectors.iter().enumerate() {
        for &(term, weight) in vector {
            postings.entry(term).or_default().push((node, weight));
        }
    }
    let mut condensed = Vec::with_capacity(n * (n - 1) / 2);
    let mut similarity = vec![0.0; n];
    for (node, vector) in vectors.iter().enumerate() {
        similarity[node..].fill(0.0);
        for (term, weight) in vector {
            for &(other, other_weight) in postings.get(term).map_or(&[][..], Vec::as_slice) {
                similarity[other] += weight * other_weight;
            }
        }
        for other in node + 1..n {
            let tracked = tracking[node].is_some() && tracking[node] == tracking[other];
            condensed.push(if tracked { 0.0 } else { (1.0 - similarity[other]).max(0.0) });
        }
    }
    let steps = linkage(&mut condensed, n, Method::Average);
    let mut members: Vec<Vec<usize>> = (0..n).map(|node| vec![node]).collect();
    for step in steps.steps() {
        let joined = if step.dissimilarity <= SAME_KIND {
            let mut joined = std::mem::take(&mut members[step.cluster1]);
            joined.append(&mut members[step.cluster2]);
            joined
        } else {
            Vec::new()
        };
        members.push(joined);
    }
    members.retain(|member| !member.is_empty());
    members
}

/// The position whose text shares most words with the others: it stands for the group. Equal texts are weighed, not
/// compared again; of more than [`COMPARED`] different ones the first are looked at.
pub(super) fn medoid(asked: &[Asked<'_>], members: &[usize]) -> usize {
    let mut weights: BTreeMap<BTreeSet<String>, (usize, f64)> = BTreeMap::new();
    for &at in members {
        let words = technical_tokens(asked[at].text).into_iter().collect();
        weights.entry(words).or_insert((at, 0.0)).1 += 1.0;
    }
    let mut distinct: Vec<(BTreeSet<String>, usize, f64)> =
        weights.into_iter().map(|(words, (first, weight))| (words, first, weight)).collect();
    distinct.sort_by_key(|(_, first, _)| *first);
    distinct.truncate(COMPARED);
    let centrality = |words: &BTreeSet<String>| -> f64 {
        distinct
            .iter()
            .map(|(other, _, weight)| {
                let shared = words.intersection(other).count() as f64;
                weight * shared / words.union(other).count().max(1) as f64
            })
            .sum()
    };
    let mut best = (members[0], f64::MIN);
    for (words, first, _) in &distinct {
        let central = centrality(words);
        if central > best.1 + 1e-12 {
            best = (*first, central);
        }
    }
    best.0
}
