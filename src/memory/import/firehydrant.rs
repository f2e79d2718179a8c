//! FireHydrant: incidents of its API with milestones, notes, contributing factors and follow-ups.

use serde_json::Value;

use super::Export;
use super::record::{Record, list, names, text, time};

pub(super) struct FireHydrant;
pub(super) const ENTRY: FireHydrant = FireHydrant;

impl Export for FireHydrant {
    fn name(&self) -> &'static str {
        "firehydrant"
    }

    fn recognises(&self, item: &Value) -> bool {
        item.get("milestones").is_some_and(Value::is_array) && item.get("name").is_some()
    }

    fn read(&self, item: &Value, _: &[Value]) -> Record {
        let milestone = |kind: &str| {
            list(item, "milestones")
                .find(|one| text(one, &["type", "slug"]).as_deref() == Some(kind))
                .and_then(|one| time(one, &["occurred_at"]))
        };
        let notes = list(item, "events").filter(|one| {
            text(one, &["type"])
                .is_some_and(|kind| kind.contains("note") || kind.contains("chat") || kind == "event")
        });
        let mut services = names(item, "services", &["name", "summary"]);
        services.extend(names(item, "functionalities", &["name", "summary"]));
        let tasks = ["action_items", "tasks", "follow_ups"].into_iter().flat_map(|of| list(item, of));
        Record {
            reference: text(item, &["id"]).unwrap_or_default(),
            id: text(item, &["number"]).map(|number| format!("INC-{number}")).unwrap_or_default(),
            title: text(item, &["name"]).unwrap_or_default(),
            severity: text(item, &["severity", "severity/slug"]),
            services,
            teams: names(item, "team_assignments", &["team/name", "name"]),
            started: milestone("started").or_else(|| time(item, &["started_at"])),
            detected: milestone("detected"),
            acknowledged: milestone("acknowledged"),
            mitigated: milestone("mitigated"),
            resolved: milestone("resolved"),
            link: text(item, &["incident_url"]),
            summary: text(item, &["summary", "description"]).unwrap_or_default(),
            impact: text(item, &["customer_impact_summary"]).unwrap_or_default(),
            cause: names(item, "contributing_factors", &["summary"])
                .iter()
                .map(|one| format!("- {one}\n"))
                .collect(),
            updates: notes
                .filter_map(|one| {
                    Some((time(one, &["occurred_at", "created_at"])?, text(one, &["data/body"])?))
                })
                .collect(),
            actions: tasks
                .filter_map(|one| {
                    let owner = text(one, &["assignee/name", "owner/name"]).unwrap_or_default();
                    let due = text(one, &["due_at", "due_date"]).unwrap_or_default();
                    let status = text(one, &["state", "status"]).unwrap_or_default();
                    Some([text(one, &["summary", "title"])?, owner, due, status])
                })
                .collect(),
            ..Record::default()
        }
    }
}
