//! What a lint rule reports.

use serde::{Deserialize, Serialize};

/// How serious a finding is; errors fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    Warning,
    Info,
}

impl Severity {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// An edit that is safe to apply without a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fix {
    /// Text to put in place of the finding's span.
    pub replacement: String,
}

/// One place in a document that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    pub path: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    pub end_line: usize,
    /// In characters, from 1, exclusive.
    pub end_column: usize,
    /// Byte range in the document.
    #[serde(skip)]
    pub span: (usize, usize),
    /// Rule id, such as `BLM001`.
    pub rule: String,
    pub severity: Severity,
    /// The rule's family, such as `names-individual-as-cause`.
    pub category: String,
    pub message: String,
    /// What to ask or write instead.
    pub help: String,
    pub fix: Option<Fix>,
}
