//! Compiles the patterns of the linter.

use regex::Regex;

/// A pattern whose `\b` and `\d` know ASCII only: borders of Unicode words would keep the regex engine from its fast
/// automata as soon as a document holds one curly quote. `None` for a pattern that is none, which the tests would show.
pub(super) fn pattern(source: &str) -> Option<Regex> {
    Regex::new(&source.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]")).ok()
}
