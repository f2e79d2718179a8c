//! Counts in words.

/// `1 incident`, `3 incidents`: the regular English plural.
#[must_use]
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
