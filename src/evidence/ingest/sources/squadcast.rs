//! Squadcast incidents: status log and times to acknowledge and resolve.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Squadcast;
pub(super) static ENTRY: Json<Squadcast> = Json(Squadcast);

fn kind(action: &str) -> EventKind {
    let action = action.to_lowercase();
    match () {
        () if action.contains("trigger") || action.contains("created") => EventKind::AlertFired,
        () if action.contains("ack") => EventKind::AlertAcknowledged,
        () if action.contains("resolv") => EventKind::AlertResolved,
        () if action.contains("assign") || action.contains("escalat") || action.contains("notif") => {
            EventKind::Escalation
        }
        () => EventKind::Log,
    }
}

impl JsonSource for Squadcast {
    fn id(&self) -> &'static str {
        "squadcast"
    }

    fn title(&self) -> &'static str {
        "Squadcast"
    }

    fn describe(&self) -> &'static str {
        "The JSON export of incidents with their logs."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["incidents", "data"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let keys = item.names("tta (ms)") || item.names("ttr (ms)");
        let logs = item.list("logs").iter().any(|log| log.has_all(&["action", "time"]));
        Confidence::Certain.when((keys || logs) && item.names("created_at"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let title = item.first(&["title", "message", "description"]).unwrap_or("incident");
        let id = item.text("id").unwrap_or_default();
        let entry = |kind, at, text: String, phase: &str| {
            Entry::new("squadcast", SourceClass::Alerting, kind, at)
                .text(text)
                .key(Some(format!("squadcast:{id}:{phase}")))
                .thread(Some(format!("squadcast:{id}")))
                .service(item.first(&["service", "service_name", "service/name"]))
                .label("severity", item.first(&["priority", "severity"]))
        };
        let logs = item.list("logs");
        let logged = |kind_wanted: EventKind| {
            logs.iter().any(|log| kind(log.str("action").unwrap_or_default()) == kind_wanted)
        };
        for (path, one, verb) in [
            ("created_at", EventKind::AlertFired, "Triggered"),
            ("acknowledged_at", EventKind::AlertAcknowledged, "Acknowledged"),
            ("resolved_at", EventKind::AlertResolved, "Resolved"),
        ] {
            if item.has(path) && !logged(one) {
                out.emit(entry(one, item.moment(path), format!("{verb}: {title}"), verb));
            }
        }
        for log in logs {
            let action = log.str("action").unwrap_or("logged");
            let target = log
                .first(&["assignedTo", "assigned_to"])
                .map(|name| format!(" to {name}"))
                .unwrap_or_default();
            let reason = log.str("reason").map(|reason| format!(" ({reason})")).unwrap_or_default();
            let record =
                entry(kind(action), log.moment("time"), format!("{action}{target}: {title}{reason}"), action);
            out.emit(
                record
                    .actor(person([log.first(&["user", "by", "actor"])]))
                    .label("target", log.first(&["assignedTo", "assigned_to"])),
            );
        }
        for event in item.list("events") {
            out.emit(entry(
                EventKind::AlertFired,
                event.moment("time_of_creation"),
                event.first(&["message", "description"]).unwrap_or(title).to_owned(),
                "event",
            ));
        }
    }
}
