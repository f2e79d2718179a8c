//! Rootly: JSON:API documents of incidents, with events listed beside a single one.

use serde_json::Value;

use super::Export;
use super::record::{Record, at, list, scalar, text, time};

pub(super) struct Rootly;
pub(super) const ENTRY: Rootly = Rootly;

impl Export for Rootly {
    fn name(&self) -> &'static str {
        "rootly"
    }

    fn recognises(&self, item: &Value) -> bool {
        text(item, &["type"]).as_deref() == Some("incidents") && item.get("attributes").is_some()
    }

    fn read(&self, item: &Value, around: &[Value]) -> Record {
        let Some(told) = item.get("attributes") else { return Record::default() };
        let is_alone = around.iter().filter(|one| self.recognises(one)).count() == 1;
        let beside = around
            .iter()
            .filter(|one| is_alone && text(one, &["type"]).as_deref() == Some("incident_events"));
        let events = list(told, "events").chain(beside);
        Record {
            reference: text(item, &["id"]).unwrap_or_default(),
            id: text(told, &["sequential_id"]).map(|number| format!("INC-{number}")).unwrap_or_default(),
            title: text(told, &["title"]).unwrap_or_default(),
            severity: text(told, &["severity/data/attributes/name", "severity/name", "severity"]),
            services: related(told, "services"),
            teams: related(told, "groups"),
            started: time(told, &["started_at"]),
            detected: time(told, &["detected_at"]),
            acknowledged: time(told, &["acknowledged_at"]),
            mitigated: time(told, &["mitigated_at"]),
            resolved: time(told, &["resolved_at"]),
            link: text(told, &["url"]),
            summary: text(told, &["summary"]).unwrap_or_default(),
            cause: related(told, "causes").join("\n"),
            resolution: [text(told, &["mitigation_message"]), text(told, &["resolution_message"])]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("\n\n"),
            updates: events
                .filter_map(|one| {
                    let one = one.get("attributes").unwrap_or(one);
                    Some((time(one, &["occurred_at", "created_at"])?, text(one, &["event"])?))
                })
                .collect(),
            actions: list(told, "action_items")
                .filter_map(|one| {
                    let one = at(one, "data/attributes").or(one.get("attributes")).unwrap_or(one);
                    let due = text(one, &["due_date"]).unwrap_or_default();
                    let status = text(one, &["status"]).unwrap_or_default();
                    Some([text(one, &["summary", "title"])?, String::new(), due, status])
                })
                .collect(),
            ..Record::default()
        }
    }
}

/// Names of a relation, in any of the shapes of JSON:API.
fn related(told: &Value, of: &str) -> Vec<String> {
    let items = list(told, of).chain(at(told, of).into_iter().flat_map(|inner| list(inner, "data")));
    items
        .filter_map(|one| {
            scalar(one).or_else(|| text(one, &["data/attributes/name", "attributes/name", "name"]))
        })
        .collect()
}
