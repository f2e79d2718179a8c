//! PagerDuty: incidents of the REST API or of its exports, with notes and log entries where they were included.

use serde_json::Value;

use super::Export;
use super::record::{Record, list, names, text, time};

pub(super) struct PagerDuty;
pub(super) const ENTRY: PagerDuty = PagerDuty;

impl Export for PagerDuty {
    fn name(&self) -> &'static str {
        "pagerduty"
    }

    fn recognises(&self, item: &Value) -> bool {
        item.get("incident_number").is_some()
            && ["urgency", "service", "html_url", "incident_key"].iter().any(|key| item.get(key).is_some())
    }

    fn read(&self, item: &Value, _: &[Value]) -> Record {
        let said = |of: &str, paths: &[&str]| -> Vec<_> {
            list(item, of).filter_map(|one| Some((time(one, &["created_at"])?, text(one, paths)?))).collect()
        };
        let mut updates = said("notes", &["content"]);
        updates.extend(said("log_entries", &["channel/summary", "summary"]));
        let is_resolved = text(item, &["status"]).as_deref() == Some("resolved");
        let closed = time(item, &["resolved_at", "resolved_on"]);
        Record {
            reference: text(item, &["id", "incident_number"]).unwrap_or_default(),
            id: text(item, &["incident_number"]).map(|number| format!("PD-{number}")).unwrap_or_default(),
            title: text(item, &["title", "summary", "description"]).unwrap_or_default(),
            severity: text(item, &["priority/summary", "priority/name"]),
            services: text(item, &["service/summary", "service/name", "service_name"]).into_iter().collect(),
            teams: names(item, "teams", &["summary", "name"]),
            detected: time(item, &["created_at", "created_on"]),
            acknowledged: list(item, "acknowledgements").filter_map(|one| time(one, &["at"])).min(),
            resolved: closed.or_else(|| time(item, &["last_status_change_at"]).filter(|_| is_resolved)),
            link: text(item, &["html_url"]),
            summary: text(item, &["body/details", "resolve_reason"]).unwrap_or_default(),
            updates,
            ..Record::default()
        }
    }
}
