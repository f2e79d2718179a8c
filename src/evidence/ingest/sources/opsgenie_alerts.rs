//! Opsgenie alerts with their report, and the logs and notes of alerts.

use jiff::SignedDuration;
use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct OpsgenieAlerts;
pub(super) static ENTRY: Json<OpsgenieAlerts> = Json(OpsgenieAlerts);

fn log(item: &Value, out: &mut Output<'_>) {
    let text = item.first(&["log", "note"]).unwrap_or_default();
    let lower = text.to_lowercase();
    let kind = if item.has("note") {
        EventKind::Message
    } else if lower.contains("acknowledged") {
        EventKind::AlertAcknowledged
    } else if lower.contains("closed") {
        EventKind::AlertResolved
    } else if lower.contains("notif") || lower.contains("escalat") || lower.contains("sent") {
        EventKind::Escalation
    } else {
        EventKind::Log
    };
    let entry = Entry::new("opsgenie", SourceClass::Alerting, kind, item.moment("createdAt"));
    out.emit(entry.text(text).actor(person([item.str("owner")])).label("subtype", item.str("type")));
}

impl JsonSource for OpsgenieAlerts {
    fn id(&self) -> &'static str {
        "opsgenie_alerts"
    }

    fn title(&self) -> &'static str {
        "Opsgenie alerts"
    }

    fn describe(&self) -> &'static str {
        "GET /v2/alerts, and /logs and /notes of an alert."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["data"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let alert = item.has_all(&["tinyId", "createdAt"])
            && (item.names("alias") || item.names("isSeen") || item.names("acknowledged"));
        let log = item.has_all(&["createdAt", "owner"])
            && (item.names("log") || item.names("note"))
            && item.names("offset");
        Confidence::Strong.when(alert || log)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if !item.has("tinyId") {
            return log(item, out);
        }
        let created = item.moment("createdAt");
        let message = item.str("message").unwrap_or("alert");
        let id = item.text("id").or_else(|| item.text("tinyId")).unwrap_or_default();
        let entry = |kind, at, phase: &str, text: String| {
            Entry::new("opsgenie", SourceClass::Alerting, kind, at)
                .text(text)
                .key(Some(format!("opsgenie:{id}:{phase}")))
                .thread(Some(format!("opsgenie:{id}")))
                .label("severity", item.text("priority"))
                .label("status", item.str("status"))
                .label("alias", item.str("alias"))
        };
        // The report gives durations in milliseconds from the creation.
        let after = |path: &str| {
            let length = SignedDuration::from_millis(i64::try_from(item.integer(path)?).ok()?);
            created.as_ref()?.plus(length)
        };
        let fired = entry(EventKind::AlertFired, created.clone(), "created", message.to_owned());
        out.emit(fired.count(item.integer("count").unwrap_or(1)).until(item.moment("lastOccurredAt")));
        if let Some(at) = after("report/ackTime") {
            let who = person([item.str("report/acknowledgedBy")]);
            out.emit(
                entry(EventKind::AlertAcknowledged, Some(at), "acked", format!("Acknowledged: {message}"))
                    .actor(who),
            );
        }
        if item.str("status") == Some("closed") {
            let at = after("report/closeTime").or_else(|| item.moment("updatedAt"));
            let who = person([item.str("report/closedBy")]);
            out.emit(entry(EventKind::AlertResolved, at, "closed", format!("Closed: {message}")).actor(who));
        }
    }
}
