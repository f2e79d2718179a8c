//! The constant patterns of this folder.

use regex::Regex;

/// A pattern whose `\b`, `\d` and `\w` know ASCII only: borders of Unicode words would keep the engine from its fast
/// automata as soon as a line holds one curly quote, and tables of Unicode are most of what there is to compile.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the tests of this folder")]
pub(super) fn pattern(source: &str) -> Regex {
    let ascii = source.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]").replace(r"\w", "[0-9A-Za-z_]");
    Regex::new(&ascii).expect("pattern")
}
