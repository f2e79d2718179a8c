//! The median duration when some incidents are still open.

/// Median of the product-limit estimate (Kaplan and Meier 1958): the first time at which at most half are still
/// going on. `finished` are complete durations, `open` the ages of what has not ended; `None` when the curve stays
/// above one half.
#[must_use]
pub fn kaplan_meier_median(finished: &[f64], open: &[f64]) -> Option<f64> {
    let mut times: Vec<(f64, bool)> =
        finished.iter().map(|&time| (time, true)).chain(open.iter().map(|&time| (time, false))).collect();
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut at_risk = times.len();
    let mut surviving = 1.0;
    for group in times.chunk_by(|a, b| a.0 == b.0) {
        let ended = group.iter().filter(|(_, ended)| *ended).count();
        surviving *= 1.0 - ended as f64 / at_risk as f64;
        if ended > 0 && surviving <= 0.5 + 1e-12 {
            return Some(group[0].0);
        }
        at_risk -= group.len();
    }
    None
}
