//! Opsgenie webhooks: what was done with an alert, in times of two units.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct OpsgenieWebhook;
pub(super) static ENTRY: Json<OpsgenieWebhook> = Json(OpsgenieWebhook);

impl JsonSource for OpsgenieWebhook {
    fn id(&self) -> &'static str {
        "opsgenie_webhook"
    }

    fn title(&self) -> &'static str {
        "Opsgenie webhooks"
    }

    fn describe(&self) -> &'static str {
        "Webhook payloads as received; the action has no time of its own, the update of the alert stands for it."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        Confidence::Certain.when(
            item.has_all(&["action", "alert"]) && (item.has("alert/alertId") || item.has("alert/tinyId")),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let action = item.str("action").unwrap_or_default();
        let (kind, phase) = match action {
            "Create" => (EventKind::AlertFired, "created"),
            "Acknowledge" => (EventKind::AlertAcknowledged, "acked"),
            "Close" => (EventKind::AlertResolved, "closed"),
            "Escalate" | "EscalateNext" | "AssignOwnership" | "TakeOwnership" | "AddTeam"
            | "AddRecipient" | "AddResponder" => (EventKind::Escalation, "escalated"),
            "AddNote" => (EventKind::Message, "note"),
            _ => (EventKind::Log, "other"),
        };
        let created = ["alert/createdAt", "alert/updatedAt"];
        let updated = ["alert/updatedAt", "alert/createdAt"];
        let at = item.first_moment(if action == "Create" { &created } else { &updated });
        let message = item.str("alert/message").unwrap_or("alert");
        let text = match item.first(&["alert/note"]) {
            Some(note) if action == "AddNote" => note.to_owned(),
            Some(note) => format!("{action}: {message} · {note}"),
            None if action == "Create" => message.to_owned(),
            None => format!("{action}: {message}"),
        };
        let id = item.text("alert/alertId").or_else(|| item.text("alert/tinyId")).unwrap_or_default();
        let by = item.first(&["alert/username", "alert/userId"]).filter(|name| *name != "System");
        out.emit(
            Entry::new("opsgenie", SourceClass::Alerting, kind, at)
                .text(text)
                .actor(person([by]))
                .key((phase != "note" && phase != "other").then(|| format!("opsgenie:{id}:{phase}")))
                .thread(Some(format!("opsgenie:{id}")))
                .label(
                    "severity",
                    item.text("alert/priority")
                        .map(|level| if level.starts_with('P') { level } else { format!("P{level}") }),
                )
                .label("integration", item.str("integrationName"))
                .label("subtype", Some(action)),
        );
    }
}
