//! Repeat groups: average linkage on one minus the cosine, cut where incidents stop telling the same story.

use std::collections::{BTreeMap, BTreeSet};

use kodama::{Method, linkage};

use super::constraints::Constraints;
use super::neighbours::{Pair, pairs_above};
use super::vectors::Vectors;

/// Distance at which merging stops, measured on histories of thousands.
const CUT: f32 = 0.60;
/// The most that a small history may move it to.
const WIDEST_CUT: f32 = 0.75;
/// Histories below this size have flat term weights, and their cosines are low throughout.
const SMALL: usize = 200;

/// Distance that no merge accepts.
const NEVER: f32 = 1e6;
/// Incidents clustered in one piece; larger chains are split at a higher likeness first, for memory's sake.
const LARGEST: usize = 1_000;

/// The cut for a history: a small one merges what is nearer than three quarters of its incidents ever get.
pub(super) fn cut_for(vectors: &Vectors) -> f32 {
    let count = vectors.len();
    if count >= SMALL || count < 2 {
        return CUT;
    }
    let nearest = |one: usize| {
        (0..count).filter(|&other| other != one).map(|other| vectors.cosine(one, other)).fold(0.0, f32::max)
    };
    let mut sorted: Vec<f32> = (0..count).map(nearest).collect();
    sorted.sort_unstable_by(f32::total_cmp);
    (1.0 - sorted[(count - 1) * 3 / 4]).clamp(CUT, WIDEST_CUT)
}

/// Groups of two and more incidents, each ordered, the groups by their first member.
///
/// A pair can only end in one group if a chain of pairs within the cut leads from one to the other, so each such chain is
/// clustered by itself: the same groups as over the whole history, without its square.
pub(super) fn repeat_groups(vectors: &Vectors, cut: f32, constraints: &Constraints) -> Vec<Vec<usize>> {
    let all = (0..vectors.len()).collect();
    groups_of_pairs(vectors, &pairs_above(vectors, 1.0 - cut), cut, &all, constraints)
}

/// The same from pairs that are already known, among a subset of incidents.
pub(super) fn groups_of_pairs(
    vectors: &Vectors,
    pairs: &[Pair],
    cut: f32,
    among: &BTreeSet<usize>,
    constraints: &Constraints,
) -> Vec<Vec<usize>> {
    let mut groups = Vec::new();
    for chain in chains(vectors.len(), pairs, cut, among, constraints) {
        groups.extend(cluster(vectors, &chain, cut, constraints));
    }
    groups.sort();
    groups
}

fn chains(
    count: usize,
    pairs: &[Pair],
    cut: f32,
    among: &BTreeSet<usize>,
    constraints: &Constraints,
) -> Vec<Vec<usize>> {
    let must: Vec<(usize, usize)> =
        constraints.must().filter(|(a, b)| among.contains(a) && among.contains(b)).collect();
    let mut done = Vec::new();
    let mut work = vec![(pairs.to_vec(), 1.0 - cut)];
    while let Some((pairs, threshold)) = work.pop() {
        let edges = pairs.iter().map(|pair| (pair.a as usize, pair.b as usize));
        for chain in connected(count, edges.chain(must.iter().copied())) {
            if chain.len() <= LARGEST || threshold > 0.95 {
                done.push(chain);
                continue;
            }
            let members: BTreeSet<usize> = chain.into_iter().collect();
            let higher = threshold + 0.05;
            let inside = |pair: &&Pair| members.contains(&(pair.a as usize)) && pair.cosine >= higher;
            work.push((pairs.iter().filter(inside).copied().collect(), higher));
        }
    }
    done.sort();
    done.dedup();
    done
}

/// Connected components of two and more.
fn connected(count: usize, edges: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..count).collect();
    let mut seen = BTreeSet::new();
    for (a, b) in edges {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b)] = a.min(b);
        seen.extend([a, b]);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..count {
        let of = root(&mut parent, at);
        if of != at || seen.contains(&at) {
            members.entry(of).or_default().push(at);
        }
    }
    members.into_values().filter(|chain| chain.len() > 1).collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

fn cluster(vectors: &Vectors, chain: &[usize], cut: f32, constraints: &Constraints) -> Vec<Vec<usize>> {
    let size = chain.len();
    let mut condensed = Vec::with_capacity(size * (size - 1) / 2);
    // What must be together is as near to the others as its nearest part (Klein, Kamvar & Manning 2002).
    let parts: Vec<Vec<usize>> = chain.iter().map(|&doc| constraints.together(doc)).collect();
    for (at, &a) in chain.iter().enumerate() {
        for (other, &b) in chain.iter().enumerate().skip(at + 1) {
            condensed.push(match constraints.of(a, b) {
                Some(true) => 0.0,
                Some(false) => NEVER,
                None => distance(vectors, &parts[at], &parts[other]),
            });
        }
    }
    let dendrogram = linkage(&mut condensed, size, Method::Average);
    // Labels of merged clusters follow those of the leaves, as kodama numbers them.
    let mut members: Vec<Vec<usize>> = chain.iter().map(|&doc| vec![doc]).collect();
    for step in dendrogram.steps() {
        let merged = if step.dissimilarity <= cut {
            let mut left = std::mem::take(&mut members[step.cluster1]);
            left.append(&mut members[step.cluster2]);
            left
        } else {
            Vec::new()
        };
        members.push(merged);
    }
    members
        .into_iter()
        .filter(|group| group.len() > 1)
        .map(|mut group| {
            group.sort_unstable();
            group
        })
        .collect()
}

fn distance(vectors: &Vectors, a: &[usize], b: &[usize]) -> f32 {
    let cosines = a.iter().flat_map(|&a| b.iter().map(move |&b| vectors.cosine(a, b)));
    (1.0 - cosines.fold(0.0, f32::max)).max(0.0)
}
