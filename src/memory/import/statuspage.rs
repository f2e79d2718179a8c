//! Atlassian Statuspage: `incidents.json` of a page, with updates, components and, where it was written, the postmortem.

use serde_json::Value;

use super::Export;
use super::record::{Record, list, names, text, time};

pub(super) struct Statuspage;
pub(super) const ENTRY: Statuspage = Statuspage;

impl Export for Statuspage {
    fn name(&self) -> &'static str {
        "statuspage"
    }

    fn recognises(&self, item: &Value) -> bool {
        item.get("incident_updates").is_some_and(Value::is_array) && item.get("name").is_some()
    }

    fn read(&self, item: &Value, _: &[Value]) -> Record {
        let updates: Vec<_> = list(item, "incident_updates")
            .filter_map(|update| {
                let at = time(update, &["display_at", "created_at"])?;
                Some((at, text(update, &["status"]).unwrap_or_default(), text(update, &["body"])?))
            })
            .collect();
        let first = |status: &str| updates.iter().filter(|one| one.1 == status).map(|one| one.0).min();
        let mut services = names(item, "components", &["name"]);
        for update in list(item, "incident_updates") {
            services.extend(names(update, "affected_components", &["name"]));
        }
        Record {
            reference: text(item, &["id"]).unwrap_or_default(),
            title: text(item, &["name"]).unwrap_or_default(),
            severity: text(item, &["impact"]).filter(|impact| impact != "none"),
            services,
            started: time(item, &["started_at", "created_at"]),
            mitigated: first("monitoring"),
            resolved: time(item, &["resolved_at"]).or_else(|| first("resolved")),
            link: text(item, &["shortlink"]),
            report: item.get("postmortem_body").and_then(Value::as_str).unwrap_or_default().to_owned(),
            updates: updates
                .iter()
                .filter(|one| one.1 != "postmortem")
                .map(|(at, status, body)| (*at, format!("{}: {body}", status.replace('_', " "))))
                .collect(),
            ..Record::default()
        }
    }
}
