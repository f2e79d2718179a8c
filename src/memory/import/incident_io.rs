//! incident.io: incidents of its API, with timestamps, custom fields, updates and follow-ups.

use jiff::Timestamp;
use serde_json::Value;

use super::Export;
use super::record::{Record, list, text, time};

pub(super) struct IncidentIo;
pub(super) const ENTRY: IncidentIo = IncidentIo;

impl Export for IncidentIo {
    fn name(&self) -> &'static str {
        "incident.io"
    }

    fn recognises(&self, item: &Value) -> bool {
        ["incident_timestamp_values", "incident_role_assignments", "custom_field_entries", "incident_status"]
            .iter()
            .any(|key| item.get(key).is_some())
            && item.get("name").is_some()
    }

    fn read(&self, item: &Value, _: &[Value]) -> Record {
        let moment = |words: &[&str]| -> Option<Timestamp> {
            list(item, "incident_timestamp_values").find_map(|one| {
                let name = text(one, &["incident_timestamp/name"])?.to_lowercase();
                words.iter().any(|word| name.contains(word)).then(|| time(one, &["value/value"])).flatten()
            })
        };
        let updates = ["incident_updates", "updates"].into_iter().flat_map(|of| list(item, of));
        let follow_ups = ["follow_ups", "actions"].into_iter().flat_map(|of| list(item, of));
        Record {
            reference: text(item, &["id", "reference"]).unwrap_or_default(),
            id: text(item, &["reference"]).unwrap_or_default(),
            title: text(item, &["name"]).unwrap_or_default(),
            severity: text(item, &["severity/name", "severity"]),
            services: field(item, &["service", "component", "system"]),
            teams: field(item, &["team"]),
            started: moment(&["impact start", "started", "start"]),
            detected: moment(&["report", "detect", "declared"]),
            acknowledged: moment(&["accept", "acknowledg"]),
            mitigated: moment(&["mitigat", "fixed", "stabil"]),
            resolved: moment(&["resolv", "closed", "impact end"]),
            link: text(item, &["permalink", "postmortem_document_url"]),
            summary: text(item, &["summary", "postmortem/summary"]).unwrap_or_default(),
            impact: field(item, &["impact"]).join("\n"),
            cause: field(item, &["cause"]).join("\n"),
            updates: updates
                .filter_map(|one| Some((time(one, &["created_at"])?, text(one, &["message"])?)))
                .collect(),
            actions: follow_ups
                .filter_map(|one| {
                    let owner = text(one, &["assignee/name"]).unwrap_or_default();
                    let status = text(one, &["status"]).unwrap_or_default();
                    let due = text(one, &["due_date"]).unwrap_or_default();
                    Some([text(one, &["title", "description"])?, owner, due, status])
                })
                .collect(),
            ..Record::default()
        }
    }
}

/// Values of the custom fields whose name holds one of these words.
fn field(item: &Value, words: &[&str]) -> Vec<String> {
    list(item, "custom_field_entries")
        .filter(|entry| {
            let name = text(entry, &["custom_field/name"]).unwrap_or_default().to_lowercase();
            words.iter().any(|word| name.contains(word))
        })
        .flat_map(|entry| list(entry, "values"))
        .filter_map(|value| {
            text(value, &["value_catalog_entry/name", "value_option/value", "value_text", "value_link"])
        })
        .collect()
}
