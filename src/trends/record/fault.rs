//! Something in a document that would have spoilt a figure.

use serde::Serialize;

/// A fault with its place and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub what: String,
}

impl Fault {
    #[must_use]
    pub fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: line.max(1), what: what.into() }
    }
}
