//! Atlassian Statuspage: incidents and scheduled maintenances with their updates.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Statuspage;
pub(super) static ENTRY: Json<Statuspage> = Json(Statuspage);

/// One update. It shows `display_at`, which may be set back; components tell more than the status.
fn update(update: &Value, incident: &Value, out: &mut Output<'_>) {
    let name = incident.str("name").unwrap_or("incident");
    let status = update.str("status").unwrap_or("update");
    let body = update.str("body").map(html::plain).unwrap_or_default();
    let components = update.list("affected_components").iter().filter_map(|component| {
        let (old, new) = (component.str("old_status")?, component.str("new_status")?);
        (old != new).then(|| {
            format!(
                "{}: {} → {}",
                component.str("name").unwrap_or("component"),
                old.replace('_', " "),
                new.replace('_', " ")
            )
        })
    });
    let components = components.collect::<Vec<_>>().join(", ");
    let mut text = format!("[{status}] {name}");
    for part in [body, components] {
        if !part.is_empty() {
            text = format!("{text} · {part}");
        }
    }
    let entered = update.moment("created_at").and_then(|moment| moment.at()).map(|at| at.to_string());
    let services = update
        .list("affected_components")
        .iter()
        .chain(incident.list("components"))
        .filter_map(|component| component.str("name"));
    out.emit(
        Entry::new(
            "statuspage",
            SourceClass::Chat,
            EventKind::StatusUpdate,
            update.first_moment(&["display_at", "created_at"]),
        )
        .text(text)
        .services(services)
        .key(update.text("id").map(|id| format!("statuspage:{id}")))
        .thread(incident.text("id").map(|id| format!("statuspage:{id}")))
        .permalink(incident.first(&["shortlink", "url"]))
        .label("status", Some(status))
        .label("severity", incident.str("impact"))
        .label("entered_at", entered),
    );
}

impl JsonSource for Statuspage {
    fn id(&self) -> &'static str {
        "statuspage"
    }

    fn title(&self) -> &'static str {
        "Statuspage"
    }

    fn describe(&self) -> &'static str {
        "api/v2/incidents.json of a status page; summary.json has open incidents only, so collect it after the end."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["incidents", "scheduled_maintenances"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let inner = item.at("incident").unwrap_or(item);
        Confidence::Certain
            .when(inner.at("incident_updates").is_some_and(Value::is_array) && inner.has("name"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let incident = item.at("incident").filter(|inner| inner.has("incident_updates")).unwrap_or(item);
        let mut updates: Vec<&Value> = incident.list("incident_updates").iter().collect();
        // Newest first in the file.
        updates.reverse();
        for one in updates {
            update(one, incident, out);
        }
        if let Some(body) = incident.str("postmortem_body") {
            let entry = Entry::new(
                "statuspage",
                SourceClass::Memory,
                EventKind::Message,
                incident.first_moment(&["postmortem_published_at", "updated_at"]),
            );
            out.emit(entry.text(html::plain(body)).label("subtype", Some("postmortem")));
        }
    }
}
