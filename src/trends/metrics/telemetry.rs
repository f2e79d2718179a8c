//! For how many incidents the traces of what happened were kept.

use serde_json::{Map, json};

use crate::trends::scope::ids;
use crate::trends::statistics::wilson;
use crate::trends::wording::{percent_range, plural};
use crate::trends::{Cell, Metric, Row, Scope, Section, Table};

pub(super) struct Telemetry;
pub(super) const ENTRY: Telemetry = Telemetry;

impl Metric for Telemetry {
    fn name(&self) -> &'static str {
        "telemetry"
    }

    fn title(&self) -> &'static str {
        "Telemetry completeness"
    }

    fn definition(&self) -> &'static str {
        "Complete: start, detection and end are given to the minute, the timeline has at least three rows with a time, \
         and evidence is cited. Goal: over 95 % of incidents."
    }

    fn measure(&self, scope: &Scope<'_>) -> Section {
        let with = |wanted: &dyn Fn(&crate::trends::record::Telemetry) -> bool| {
            ids(scope.current.iter().copied().filter(|record| wanted(&record.telemetry)))
        };
        let complete = with(&|telemetry| telemetry.is_complete());
        let (k, n) = (complete.len(), scope.current.len());
        let interval = wilson(k as u64, n as u64);
        let mut table = Table::new("telemetry", "What is there", &["Trace", "Postmortems"]);
        for (name, incidents) in [
            ("complete", complete.clone()),
            ("start, detection and end to the minute", with(&|telemetry| telemetry.milestones)),
            ("three timed rows and more", with(&|telemetry| telemetry.timed_rows >= 3)),
            ("evidence cited", with(&|telemetry| telemetry.cited)),
        ] {
            table.rows.push(Row::new(vec![name.into(), Cell::count(incidents.len())], incidents));
        }
        let mut json = Map::new();
        json.insert(
            "process".to_owned(),
            json!({"telemetry": {
                "k": k, "n": n, "rate": (n > 0).then(|| k as f64 / n as f64),
                "interval": interval.map(|(a, b)| [a, b]), "incidents": complete,
            }}),
        );
        let findings = interval
            .map(|range| {
                format!(
                    "{k} of {} have complete traces ({}; goal 95 %).",
                    plural(n, "incident"),
                    percent_range(range)
                )
            })
            .into_iter()
            .collect();
        Section { findings, tables: vec![table], json, ..Section::default() }
    }
}
