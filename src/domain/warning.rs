//! Something about an input that a person should know, tied to its place.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A problem that did not stop the work: the file, the line if one is known, the reason and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    pub file: String,
    /// From 1; `None` when the whole file is meant.
    pub line: Option<usize>,
    pub message: String,
}

impl Warning {
    #[must_use]
    pub fn new(file: impl Into<String>, line: impl Into<Option<usize>>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: line.into(), message: message.into() }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}
