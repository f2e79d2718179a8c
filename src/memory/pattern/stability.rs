//! How well each group survives when part of the history is left out (Hennig 2007).

use std::collections::BTreeSet;

use ndarray_rand::rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

/// Resamples.
const RESAMPLES: usize = 20;
/// Share of the incidents that a resample keeps.
const KEPT: f64 = 0.8;

/// Mean over resamples of the best Jaccard similarity between a group and any group found again, 0 to 1.
///
/// `regroup` groups the given incidents; it is called with the same resamples for the same seed.
pub(super) fn stability(
    count: usize,
    groups: &[Vec<usize>],
    seed: u64,
    mut regroup: impl FnMut(&[usize], u64) -> Vec<Vec<usize>>,
) -> Vec<Option<f64>> {
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    let mut sums = vec![(0.0, 0_usize); groups.len()];
    for round in 0..RESAMPLES {
        let kept: Vec<usize> = (0..count).filter(|_| random.gen_bool(KEPT)).collect();
        let again = regroup(&kept, seed + 1 + round as u64);
        let mut group_of = vec![None; count];
        for (group, members) in again.iter().enumerate() {
            members.iter().for_each(|&member| group_of[member] = Some(group));
        }
        let kept: BTreeSet<usize> = kept.into_iter().collect();
        for (members, (sum, rounds)) in groups.iter().zip(&mut sums) {
            let present: Vec<usize> =
                members.iter().copied().filter(|member| kept.contains(member)).collect();
            // A single incident is no group to find again.
            if present.len() < 2 {
                continue;
            }
            let mut shared = vec![0_usize; again.len()];
            present.iter().filter_map(|&member| group_of[member]).for_each(|group| shared[group] += 1);
            let best = shared
                .iter()
                .zip(&again)
                .map(|(&both, other)| both as f64 / (present.len() + other.len() - both) as f64)
                .fold(0.0, f64::max);
            *sum += best;
            *rounds += 1;
        }
    }
    sums.into_iter()
        .map(|(sum, rounds)| (rounds > 0).then(|| (sum / rounds as f64 * 1_000.0).round() / 1_000.0))
        .collect()
}
