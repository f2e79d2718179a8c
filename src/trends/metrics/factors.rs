//! Contributing factors by their six categories.

use serde_json::{Map, Value, json};

use crate::domain::FactorCategory;
use crate::trends::record::Record;
use crate::trends::scope::ids;
use crate::trends::wording::plural;
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Factors;
pub(super) const ENTRY: Factors = Factors;

impl Metric for Factors {
    fn name(&self) -> &'static str {
        "factors"
    }

    fn title(&self) -> &'static str {
        "Contributing factors"
    }

    fn definition(&self) -> &'static str {
        "Items of the contributing-factors sections of the quarter's postmortems, by the category in front of them. \
         They count what was written about, which is not the same as what caused incidents."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let mut table = Table::new(
            "factors",
            "Factors named in the quarter",
            &["Category", "Factors", "Postmortems", "Before, a quarter"],
        );
        let mut counts = Map::new();
        let mut details = Map::new();
        for category in FactorCategory::ALL {
            let (n, behind) = named(&scope.current, Some(category));
            let (before, _) = named(&scope.previous, Some(category));
            counts.insert(category.name().to_owned(), json!(n));
            details.insert(
                category.name().to_owned(),
                json!({"n": n, "incidents": behind, "previous": {"n": before}}),
            );
            table.rows.push(row(category.name(), n, behind, before, scope));
        }
        let (untagged, behind) = named(&scope.current, None);
        let (before, _) = named(&scope.previous, None);
        details.insert(
            "untagged".to_owned(),
            json!({"n": untagged, "incidents": behind, "previous": {"n": before}}),
        );
        if untagged + before > 0 {
            table.rows.push(row("without a category", untagged, behind, before, scope));
        }
        let silent = scope.current.iter().filter(|record| record.factors.is_empty()).count();
        let mut json = Map::new();
        json.insert("factors".to_owned(), Value::Object(counts));
        json.insert("factor_details".to_owned(), Value::Object(details));
        Section {
            findings: vec![format!(
                "{} of the quarter name no contributing factor.",
                plural(silent, "postmortem")
            )],
            tables: vec![table],
            json,
            ..Section::default()
        }
    }
}

fn named(records: &[&Record], category: Option<FactorCategory>) -> (usize, Vec<String>) {
    let of = |record: &Record| record.factors.iter().filter(|factor| factor.category == category).count();
    let behind = ids(records.iter().copied().filter(|record| of(record) > 0));
    (records.iter().map(|record| of(record)).sum(), behind)
}

fn row(name: &str, n: usize, behind: Vec<String>, before: usize, scope: &Scope<'_>) -> Row {
    let usual = before as f64 / scope.previous_quarters.max(1) as f64;
    let usual =
        if scope.previous_quarters == 0 { Cell::none() } else { Cell::number(usual, format!("{usual:.1}")) };
    Row::new(vec![name.into(), Cell::count(n), Cell::count(behind.len()), usual], behind)
}
