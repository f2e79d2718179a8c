//! How useful the documents are, by a rubric that anybody can apply by hand.

use serde_json::{Map, json};

use crate::trends::record::{Quality as Score, Record};
use crate::trends::scope::ids;
use crate::trends::statistics::{median, median_interval};
use crate::trends::wording::{decimals, plural};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Quality;
pub(super) const ENTRY: Quality = Quality;

/// Score out of five that a document should reach.
const GOAL: f64 = 4.0;

type Part = (&'static str, fn(&Score) -> f64);
const PARTS: [Part; 5] = [
    ("sections: eight parts that a reader looks for", |score| score.sections),
    ("times: four spans that can be computed", |score| score.times),
    ("causes: more than one factor, each with a category", |score| score.causes),
    ("actions: owner, due date and verification", |score| score.actions),
    ("evidence: citations or links", |score| score.evidence),
];

impl Metric for Quality {
    fn name(&self) -> &'static str {
        "quality"
    }

    fn title(&self) -> &'static str {
        "Quality of the documents"
    }

    fn definition(&self) -> &'static str {
        "Five parts of one point each, so 0 to 5 (goal: 4): the share of eight sections present; the share of the four \
         times that can be computed; contributing factors with a category and more than one of them; the share of \
         actions with owner, due date and verification; evidence cited. Lint findings are counted beside it where the \
         linter ran. The score is about documents and says nothing about the people who wrote them."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let scores: Vec<f64> = scope.current.iter().map(|record| record.quality.score()).collect();
        let before: Vec<f64> = scope.previous.iter().map(|record| record.quality.score()).collect();
        let good = ids(scope.current.iter().copied().filter(|record| record.quality.score() >= GOAL));
        let linted: Vec<usize> = scope
            .current
            .iter()
            .filter_map(|record| scope.question.lint.get(&record.path).copied())
            .collect();
        let mut table = Table::new(
            "quality",
            "Mean of each part over the quarter",
            &["Part", "Points of 1", "Below half a point"],
        );
        let mut parts = Map::new();
        for (name, part) in PARTS {
            let sum: f64 = scope.current.iter().map(|record| part(&record.quality)).sum();
            let mean = sum / scope.current.len().max(1) as f64;
            let weak: Vec<&Record> =
                scope.current.iter().copied().filter(|record| part(&record.quality) < 0.5).collect();
            parts.insert(name.split(':').next().unwrap_or(name).to_owned(), json!(mean));
            table.rows.push(Row::new(
                vec![name.into(), Cell::number(mean, decimals(mean, 2)), Cell::count(weak.len())],
                ids(weak),
            ));
        }
        let mut findings = Vec::new();
        if let Some(middle) = median(&scores) {
            findings.push(format!(
                "Median score {} of 5; {} of {} reach 4.",
                decimals(middle, 1),
                good.len(),
                plural(scores.len(), "postmortem")
            ));
        }
        if !linted.is_empty() {
            let total: usize = linted.iter().sum();
            findings.push(format!(
                "The linter has {} in {}.",
                plural(total, "finding"),
                plural(linted.len(), "postmortem")
            ));
        }
        let mut json = Map::new();
        json.insert(
            "process".to_owned(),
            json!({"quality": {
                "n": scores.len(), "median": median(&scores),
                "interval": median_interval(&scores).map(|(a, b)| [a, b]),
                "previous": {"n": before.len(), "median": median(&before)},
                "reach_goal": good.len(), "parts": parts,
                "lint_findings": (!linted.is_empty()).then(|| linted.iter().sum::<usize>()),
                "incidents": ids(scope.current.iter().copied()),
            }}),
        );
        Section { findings, tables: vec![table], json, ..Section::default() }
    }
}
