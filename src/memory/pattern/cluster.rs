//! k-means on unit vectors, the only place that knows the clustering library.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::KMeans;
use ndarray::{Array1, Array2, Axis};
use ndarray_rand::rand::SeedableRng;
use rand_xoshiro::Xoshiro256Plus;

/// Points the centres are learnt from; more are only assigned.
const LEARNT_FROM: usize = 4_000;
/// Steps of one run; where points have no structure the centres never quite rest.
const STEPS: u64 = 60;
/// Points the number of groups is judged on.
const JUDGED_ON: usize = 2_000;

/// Group of each point, `None` when the points cannot be grouped into `groups`; renumbered by first member.
pub(super) fn k_means(points: &Array2<f64>, groups: usize, runs: usize, seed: u64) -> Option<Vec<usize>> {
    let step = points.nrows().div_ceil(LEARNT_FROM).max(1);
    let sample: Vec<usize> = (0..points.nrows()).step_by(step).collect();
    if groups == 0 || groups > sample.len() || points.ncols() == 0 {
        return None;
    }
    let learnt = DatasetBase::from(points.select(Axis(0), &sample));
    let random = Xoshiro256Plus::seed_from_u64(seed);
    let model = KMeans::params_with_rng(groups, random)
        .n_runs(runs)
        .max_n_iterations(STEPS)
        .tolerance(1e-5)
        .fit(&learnt)
        .ok()?;
    let assigned: Array1<usize> = model.predict(points);
    Some(renumbered(assigned.iter().copied()))
}

/// The number of groups with the best mean silhouette (Rousseeuw 1987, to centroids), among a few.
pub(super) fn number_of_groups(points: &Array2<f64>, seed: u64) -> usize {
    let step = points.nrows().div_ceil(JUDGED_ON).max(1);
    let sample: Vec<usize> = (0..points.nrows()).step_by(step).collect();
    let points = points.select(Axis(0), &sample);
    let most = (points.nrows() / 3).max(1);
    let mut best = (f64::NEG_INFINITY, 1);
    for groups in [2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20, 24, 32].into_iter().filter(|&groups| groups <= most)
    {
        if let Some(assigned) = k_means(&points, groups, 3, seed) {
            let score = silhouette(&points, &assigned);
            if score > best.0 + 1e-9 {
                best = (score, groups);
            }
        }
    }
    best.1
}

fn silhouette(points: &Array2<f64>, assigned: &[usize]) -> f64 {
    let groups = assigned.iter().max().map_or(0, |&last| last + 1);
    let mut centres = Array2::<f64>::zeros((groups, points.ncols()));
    let mut sizes = vec![0.0; groups];
    for (point, &group) in points.rows().into_iter().zip(assigned) {
        let mut centre = centres.row_mut(group);
        centre += &point;
        sizes[group] += 1.0;
    }
    for (mut centre, size) in centres.rows_mut().into_iter().zip(&sizes) {
        centre /= f64::max(*size, 1.0);
    }
    let mut sum = 0.0;
    for (point, &own) in points.rows().into_iter().zip(assigned) {
        let distance = |group: usize| {
            let apart = &point - &centres.row(group);
            apart.dot(&apart).sqrt()
        };
        let near = distance(own);
        let other = (0..groups).filter(|&group| group != own).map(distance).fold(f64::INFINITY, f64::min);
        let larger = near.max(other);
        if larger.is_finite() && larger > 0.0 && sizes[own] > 1.0 {
            sum += (other - near) / larger;
        }
    }
    sum / points.nrows().max(1) as f64
}

fn renumbered(groups: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut known: Vec<usize> = Vec::new();
    groups
        .map(|group| match known.iter().position(|&other| other == group) {
            Some(at) => at,
            None => {
                known.push(group);
                known.len() - 1
            }
        })
        .collect()
}
