//! How many customers were affected, where the postmortems say so.

use serde_json::{Map, json};

use crate::trends::record::Record;
use crate::trends::scope::ids;
use crate::trends::statistics::median;
use crate::trends::wording::{plural, thousands};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Customers;
pub(super) const ENTRY: Customers = Customers;

/// Incidents listed.
const LISTED: usize = 10;

impl Metric for Customers {
    fn name(&self) -> &'static str {
        "customers"
    }

    fn title(&self) -> &'static str {
        "Customer impact"
    }

    fn definition(&self) -> &'static str {
        "`customers_affected` as the postmortems give it. The sum counts a customer once for each incident and leaves \
         out the incidents that give no number, so it is a floor."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let given = |records: &[&Record]| -> Vec<u64> {
            records.iter().filter_map(|record| record.customers).collect()
        };
        let (now, before) = (given(&scope.current), given(&scope.previous));
        let as_floats = |values: &[u64]| values.iter().map(|&value| value as f64).collect::<Vec<_>>();
        let mut stated: Vec<&Record> =
            scope.current.iter().copied().filter(|r| r.customers.is_some()).collect();
        stated.sort_by(|a, b| b.customers.cmp(&a.customers).then_with(|| a.id.cmp(&b.id)));
        let total: u64 = now.iter().sum();
        let mut table =
            Table::new("customers", "The incidents that affected most", &["Incident", "Customers affected"]);
        for record in stated.iter().take(LISTED) {
            let customers = record.customers.unwrap_or_default();
            table.rows.push(Row::new(
                vec![record.title.as_str().into(), Cell::number(customers as f64, thousands(customers))],
                vec![record.id.clone()],
            ));
        }
        let mut json = Map::new();
        json.insert(
            "process".to_owned(),
            json!({"customers": {
                "n": now.len(), "missing": scope.current.len() - now.len(), "sum": total,
                "median": median(&as_floats(&now)),
                "previous": {"n": before.len(), "median": median(&as_floats(&before))},
                "incidents": ids(stated),
            }}),
        );
        let finding = if now.is_empty() {
            "No postmortem of the quarter says how many customers were affected.".to_owned()
        } else {
            format!(
                "At least {} customers were affected in the {} of {} that give a number.",
                thousands(total),
                now.len(),
                plural(scope.current.len(), "incident")
            )
        };
        let tables = if table.rows.is_empty() { Vec::new() } else { vec![table] };
        Section { findings: vec![finding], tables, json, ..Section::default() }
    }
}
