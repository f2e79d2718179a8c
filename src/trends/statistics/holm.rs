//! Holm's correction for testing several things at once.

/// Step-down adjusted p-values (Holm 1979) in the order given: with m tests, the i-th smallest is multiplied by
/// m − i + 1, made monotone and capped at 1.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut largest: f64 = 0.0;
    for (done, &at) in order.iter().enumerate() {
        largest = largest.max(p_values[at] * (p_values.len() - done) as f64);
        adjusted[at] = largest.min(1.0);
    }
    adjusted
}
