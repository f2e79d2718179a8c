//! Slow drift of the counts over two years and more.

use serde_json::{Map, json};

use crate::domain::Period;
use crate::trends::scope::{days, ids};
use crate::trends::statistics::count_drift;
use crate::trends::wording::{decimals, list};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Drift;
pub(super) const ENTRY: Drift = Drift;

/// Quarters looked back.
const SHOWN: usize = 12;

impl Metric for Drift {
    fn name(&self) -> &'static str {
        "drift"
    }

    fn title(&self) -> &'static str {
        "Drift over the quarters"
    }

    fn definition(&self) -> &'static str {
        "Incidents a quarter against a baseline of all quarters shown but the latest four: a u-chart with \
         three-sigma limits by days of the quarter, and a two-sided CUSUM of 2·(√count − √expected) with slack 0.5 \
         and limit 5. It needs eight quarters and signals changes that last, which the comparison of one quarter \
         cannot see."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let quarters = scope.quarters(SHOWN);
        let of = |quarter: Period| {
            scope
                .past
                .iter()
                .copied()
                .filter(move |record| record.started.is_some_and(|at| quarter.contains(at)))
        };
        let counts: Vec<(u64, f64)> =
            quarters.iter().map(|&quarter| (of(quarter).count() as u64, days(quarter))).collect();
        let drift = count_drift(&counts);
        let mut table = Table::new(
            "quarters",
            "Incidents by quarter",
            &["Quarter", "Incidents", "Limits", "CUSUM up", "CUSUM down"],
        );
        for (at, &quarter) in quarters.iter().enumerate() {
            let number = |value: f64| Cell::number(value, decimals(value, 1));
            let mut cells = vec![quarter.to_string().into(), Cell::count(counts[at].0 as usize)];
            match &drift {
                Some(drift) => {
                    let (low, high) = drift.limits[at];
                    cells.push(format!("{} – {}", decimals(low, 1), decimals(high, 1)).into());
                    cells.extend([number(drift.high[at]), number(drift.low[at])]);
                }
                None => cells.extend([Cell::none(), Cell::none(), Cell::none()]),
            }
            table.rows.push(Row::new(cells, ids(of(quarter))));
        }
        let finding = match &drift {
            None => format!(
                "{} quarters of history are too few to see drift; it takes eight with incidents in the first of them.",
                quarters.len()
            ),
            Some(drift) => {
                let outside: Vec<String> = drift.outside.iter().map(|&at| quarters[at].to_string()).collect();
                let single = if outside.is_empty() {
                    "no quarter lies outside its limits".to_owned()
                } else {
                    format!("{} outside the limits", list(&outside))
                };
                let lasting = match drift.signal {
                    Some((at, rises)) => format!(
                        "the CUSUM signals a lasting {} since about {}",
                        if rises { "rise" } else { "fall" },
                        quarters[at]
                    ),
                    None => "the CUSUM signals no lasting change".to_owned(),
                };
                format!("Over {} quarters {single}; {lasting}.", quarters.len())
            }
        };
        let mut json = Map::new();
        json.insert(
            "drift".to_owned(),
            json!({
                "quarters": quarters.iter().zip(&counts).map(|(quarter, (count, days))| json!({"quarter": quarter, "n": count, "days": days})).collect::<Vec<_>>(),
                "baseline_per_day": drift.as_ref().map(|drift| drift.mean_per_day),
                "outside": drift.as_ref().map(|drift| drift.outside.iter().map(|&at| quarters[at]).collect::<Vec<_>>()),
                "signal": drift.as_ref().and_then(|drift| drift.signal).map(|(at, rises)| json!({"quarter": quarters[at], "direction": if rises { "up" } else { "down" }})),
            }),
        );
        Section { findings: vec![finding], tables: vec![table], json, ..Section::default() }
    }
}
