//! incident.io: incidents with their timestamps, updates and webhooks.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::milestones::milestone;
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct IncidentIo;
pub(super) static ENTRY: Json<IncidentIo> = Json(IncidentIo);

fn user(item: &Value, path: &str) -> Option<Actor> {
    let value = item.at(path)?;
    let value = value.at("user").unwrap_or(value);
    person([value.str("name"), value.str("email"), value.str("slack_user_id"), value.str("id")])
}

fn update(item: &Value, out: &mut Output<'_>) {
    let status = item.first(&["new_incident_status/name", "new_status/name"]);
    let severity = item.str("new_severity/name");
    let changes =
        [status.map(|name| format!("status {name}")), severity.map(|name| format!("severity {name}"))];
    let changes = changes.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let message = item.str("message").unwrap_or_default();
    let text = if message.is_empty() { format!("Update: {changes}") } else { message.to_owned() };
    out.emit(
        Entry::new("incident_io", SourceClass::Chat, EventKind::StatusUpdate, item.moment("created_at"))
            .text(text)
            .actor(user(item, "updater"))
            .thread(item.text("incident_id").map(|id| format!("incidentio:{id}")))
            .key(item.text("id").map(|id| format!("incidentio:{id}")))
            .label("status", status)
            .label("severity", severity),
    );
}

fn is_update(item: &Value) -> bool {
    item.has("created_at") && (item.names("new_incident_status") || item.names("updater"))
}

fn is_incident(item: &Value) -> bool {
    item.names("incident_timestamp_values")
        || item.names("incident_role_assignments")
        || item.has("incident_status/category")
}

fn incident(item: &Value, out: &mut Output<'_>) {
    let title = item.first(&["name", "reference"]).unwrap_or("incident");
    let thread = item.text("id").map(|id| format!("incidentio:{id}"));
    let link = item.str("permalink");
    let values = item.list("incident_timestamp_values");
    for value in values {
        let name = value.str("incident_timestamp/name").unwrap_or("timestamp");
        let entry = milestone("incident_io", name, title, value.moment("value/value"));
        if value.has("value/value") {
            out.emit(
                entry.thread(thread.clone()).permalink(link).label("severity", item.str("severity/name")),
            );
        }
    }
    if values.is_empty() {
        out.emit(
            milestone("incident_io", "declared", title, item.moment("created_at"))
                .thread(thread)
                .permalink(link)
                .actor(user(item, "creator")),
        );
    }
}

impl JsonSource for IncidentIo {
    fn id(&self) -> &'static str {
        "incident_io"
    }

    fn title(&self) -> &'static str {
        "incident.io"
    }

    fn describe(&self) -> &'static str {
        "GET /v2/incidents and /v2/incident_updates, and webhooks."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["incidents", "incident_updates", "incident_timeline_items"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let inner = item.at("incident").unwrap_or(item);
        let timeline = item.has("occurred_at") && item.names("evidence");
        Confidence::Strong.when(is_incident(inner) || is_update(item) || timeline)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if let Some(inner) = item.at("incident").filter(|inner| is_incident(inner)) {
            incident(inner, out);
        } else if is_update(item) {
            update(item, out);
        } else if is_incident(item) {
            incident(item, out);
        } else {
            let entry = Entry::new(
                "incident_io",
                SourceClass::Chat,
                EventKind::Message,
                item.first_moment(&["occurred_at", "timestamp"]),
            );
            out.emit(entry.text(
                item.first(&["title", "description", "evidence/slack_message/text"]).unwrap_or_default(),
            ));
        }
    }
}
