//! Service level objectives that were missed, and the error budget that incidents used up.

use std::collections::BTreeMap;

use serde_json::{Map, json};

use crate::trends::record::{Objective, Record};
use crate::trends::wording::{decimals, plural};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Objectives;
pub(super) const ENTRY: Objectives = Objectives;

impl Metric for Objectives {
    fn name(&self) -> &'static str {
        "objectives"
    }

    fn title(&self) -> &'static str {
        "Objectives and error budget"
    }

    fn definition(&self) -> &'static str {
        "Objectives that the quarter's postmortems give as `slo:` with `breached` and, where known, the share of the \
         error budget used (`budget_used`, percent). Postmortems that give none are not counted as met."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let given: Vec<(&Record, &Objective)> = scope
            .current
            .iter()
            .flat_map(|record| record.objectives.iter().map(move |slo| (*record, slo)))
            .collect();
        let mut by_name: BTreeMap<&str, Vec<(&Record, &Objective)>> = BTreeMap::new();
        for (record, slo) in &given {
            by_name.entry(&slo.name).or_default().push((record, slo));
        }
        let columns = ["Objective", "Target", "Incidents", "Breached", "Budget used"];
        let mut table = Table::new("objectives", "Objectives named in the quarter", &columns);
        let mut details = Map::new();
        for (name, items) in by_name {
            let ids: Vec<String> = items.iter().map(|(record, _)| record.id.clone()).collect();
            let breached = items.iter().filter(|(_, slo)| slo.breached == Some(true)).count();
            let target = items.iter().find_map(|(_, slo)| slo.target);
            let used: Vec<f64> = items.iter().filter_map(|(_, slo)| slo.budget_used).collect();
            let used = (!used.is_empty()).then(|| used.iter().sum::<f64>());
            let percent = |value: Option<f64>| {
                value
                    .map_or_else(Cell::none, |value| Cell::number(value, format!("{} %", decimals(value, 3))))
            };
            details.insert(
                name.to_owned(),
                json!({"target": target, "n": ids.len(), "breached": breached, "budget_used": used, "incidents": ids}),
            );
            table.rows.push(Row::new(
                vec![
                    name.into(),
                    percent(target),
                    Cell::count(ids.len()),
                    Cell::count(breached),
                    percent(used),
                ],
                ids,
            ));
        }
        let mut breached: Vec<String> = given
            .iter()
            .filter(|(_, slo)| slo.breached == Some(true))
            .map(|(record, _)| record.id.clone())
            .collect();
        breached.dedup();
        let mut stating: Vec<&str> = given.iter().map(|(record, _)| record.id.as_str()).collect();
        stating.dedup();
        let finding = format!(
            "{} breached an objective, of {} that name one.",
            plural(breached.len(), "incident"),
            stating.len()
        );
        let mut json = Map::new();
        json.insert(
            "process".to_owned(),
            json!({"slo": {"stated": stating.len(), "breached": breached.len(), "incidents": breached, "by_objective": details}}),
        );
        let tables = if table.rows.is_empty() { Vec::new() } else { vec![table] };
        Section { findings: vec![finding], tables, json, ..Section::default() }
    }
}
