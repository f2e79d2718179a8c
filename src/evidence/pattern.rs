//! Patterns as constants.

use regex::Regex;

/// Compiles a pattern of ours, ignoring case; the tests compile every one, so a mistake cannot reach a user.
pub(crate) fn pattern(source: &str) -> Regex {
    match Regex::new(&format!("(?i){source}")) {
        Ok(regex) => regex,
        Err(error) => unreachable!("a constant pattern is broken: {error}"),
    }
}
