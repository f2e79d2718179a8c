//! The component view: the service field where there is one, else latent semantics and k-means.

use std::collections::BTreeMap;

use ndarray::{Array2, Axis};

use super::cluster::{k_means, number_of_groups};
use super::lsa::embed;
use super::stability::stability;
use super::vectors::Vectors;
use crate::memory::similar::Index;
use crate::text::fold;

/// What a title counts beside the body: components are named in titles.
const TITLE_WEIGHT: f32 = 8.0;
/// Dimensions where the number of groups is not given.
const DIMENSIONS: usize = 16;
/// Bounds of the dimensions where it is: about as many as there are groups to tell apart.
const DIMENSION_RANGE: (usize, usize) = (8, 24);
/// Runs of k-means with different starts.
const RUNS: usize = 20;
/// The same while resampling.
const RESAMPLING_RUNS: usize = 3;
/// The same beyond so many incidents: starts matter, but every resample costs seconds.
const RESAMPLING_RUNS_OF_MANY: usize = 1;
const MANY_INCIDENTS: usize = 5_000;

/// Groups of incidents, with names where a field gave them.
pub(super) struct Components {
    pub(super) groups: Vec<Vec<usize>>,
    pub(super) names: Option<Vec<String>>,
    pub(super) stability: Vec<Option<f64>>,
}

/// Groups by component. The field is used when at least half of the incidents have it and no number is asked for.
pub(super) fn components(index: &Index, count: Option<usize>, seed: u64) -> Components {
    let incidents = index.incidents();
    let with_service = incidents.iter().filter(|incident| !incident.services.is_empty()).count();
    if count.is_none() && with_service > 0 && with_service * 2 >= incidents.len() {
        return by_service(index);
    }
    by_text(index, count, seed)
}

/// The first service named is the one that failed.
fn by_service(index: &Index) -> Components {
    let mut members: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (at, incident) in index.incidents().iter().enumerate() {
        if let Some(service) = incident.services.first() {
            members.entry(fold(service)).or_insert_with(|| (service.clone(), Vec::new())).1.push(at);
        }
    }
    let (names, groups): (Vec<String>, Vec<Vec<usize>>) =
        members.into_values().filter(|(_, group)| group.len() > 1).unzip();
    let stability = vec![None; groups.len()];
    Components { groups, names: Some(names), stability }
}

fn by_text(index: &Index, count: Option<usize>, seed: u64) -> Components {
    let vectors = Vectors::new(index, TITLE_WEIGHT, 2);
    let dimensions = count.map_or(DIMENSIONS, |count| count.clamp(DIMENSION_RANGE.0, DIMENSION_RANGE.1));
    let points = embed(&vectors, dimensions, seed);
    // An incident without a word in common with any other has no place.
    let placed: Vec<usize> =
        (0..points.nrows()).filter(|&at| points.row(at).dot(&points.row(at)) > 0.5).collect();
    let count = count.unwrap_or_else(|| number_of_groups(&points.select(Axis(0), &placed), seed));
    let again = if placed.len() > MANY_INCIDENTS { RESAMPLING_RUNS_OF_MANY } else { RESAMPLING_RUNS };
    let groups = grouped(&points, &placed, count, RUNS, seed);
    let stability = stability(points.nrows(), &groups, seed, |kept, seed| {
        let kept: Vec<usize> = kept.iter().copied().filter(|at| placed.binary_search(at).is_ok()).collect();
        grouped(&points, &kept, count, again, seed)
    });
    Components { groups, names: None, stability }
}

/// Groups of two and more among the incidents given.
fn grouped(points: &Array2<f64>, among: &[usize], count: usize, runs: usize, seed: u64) -> Vec<Vec<usize>> {
    let chosen = points.select(Axis(0), among);
    let count = count.min(among.len());
    let Some(assigned) = k_means(&chosen, count, runs, seed) else { return Vec::new() };
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (&member, group) in among.iter().zip(assigned) {
        groups.entry(group).or_default().push(member);
    }
    groups.into_values().filter(|members| members.len() > 1).collect()
}
