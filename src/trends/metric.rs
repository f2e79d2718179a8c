//! The contract between a metric and the report.

use serde_json::{Map, Value};

use super::{Scope, Table};

/// One thing that is measured. Its file holds the question, the definition, the computation and the words.
pub trait Metric: Sync {
    /// Name for `--metric` and anchors, such as `times`.
    fn name(&self) -> &'static str;
    /// Heading in the report.
    fn title(&self) -> &'static str;
    /// How it is computed, for a reader who wants to do it by hand.
    fn definition(&self) -> &'static str;
    fn measure(&self, scope: &Scope<'_>) -> Section;
}

/// A sentence for the opening page: numbers and what follows from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// Where it stands on the opening page; of two with the same rank the first in the register is taken.
    pub rank: u8,
    pub text: String,
}

/// An inline drawing with its words for those who do not see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub title: String,
    pub description: String,
    /// A complete `<svg>` element.
    pub svg: String,
}

/// What a metric found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    pub headline: Option<Headline>,
    /// What can or cannot be concluded from so few.
    pub cautions: Vec<String>,
    /// Plain sentences, the most important first.
    pub findings: Vec<String>,
    pub tables: Vec<Table>,
    pub charts: Vec<Chart>,
    /// Top-level keys of the JSON report.
    pub json: Map<String, Value>,
}
