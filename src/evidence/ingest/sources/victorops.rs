//! Splunk On-Call (VictorOps) incidents and their transitions.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct VictorOps;
pub(super) static ENTRY: Json<VictorOps> = Json(VictorOps);

impl JsonSource for VictorOps {
    fn id(&self) -> &'static str {
        "victorops"
    }

    fn title(&self) -> &'static str {
        "Splunk On-Call"
    }

    fn describe(&self) -> &'static str {
        "GET /api-public/v1/incidents or the reporting API with transitions."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["incidents"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        Confidence::Certain
            .when(item.names("transitions") && (item.names("currentPhase") || item.names("startTime")))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let title = item.first(&["entityDisplayName", "service", "entityId"]).unwrap_or("incident");
        let id = item.text("incidentNumber").or_else(|| item.text("entityId")).unwrap_or_default();
        let entry = |kind, at, text: String, phase: &str| {
            Entry::new("victorops", SourceClass::Alerting, kind, at)
                .text(text)
                .key(Some(format!("victorops:{id}:{phase}")))
                .thread(Some(format!("victorops:{id}")))
                .service(item.str("host"))
                .label("subtype", Some(phase))
        };
        let transitions = item.list("transitions");
        if !transitions.iter().any(|one| one.str("name") == Some("triggered")) {
            out.emit(entry(
                EventKind::AlertFired,
                item.moment("startTime"),
                format!("Triggered: {title}"),
                "triggered",
            ));
        }
        for one in transitions {
            let name = one.str("name").unwrap_or("transition");
            let kind = match name {
                "triggered" => EventKind::AlertFired,
                "acknowledged" | "acked" => EventKind::AlertAcknowledged,
                "resolved" => EventKind::AlertResolved,
                "rerouted" | "escalated" => EventKind::Escalation,
                _ => EventKind::Log,
            };
            let by = one.str("by").filter(|by| *by != "SYSTEM");
            let message = one.str("message").map(|text| format!(" · {text}")).unwrap_or_default();
            out.emit(
                entry(kind, one.moment("at"), format!("{name}: {title}{message}"), name).actor(person([by])),
            );
        }
    }
}
