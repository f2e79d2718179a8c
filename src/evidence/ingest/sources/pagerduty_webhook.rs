//! PagerDuty webhooks, versions 1 to 3.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, machine, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::pagerduty_log::incident_id;

pub(super) struct PagerDutyWebhook;
pub(super) static ENTRY: Json<PagerDutyWebhook> = Json(PagerDutyWebhook);

/// Kind of the event and, for the three that other sources tell too, its phase in keys.
fn meaning(event: &str) -> (EventKind, Option<&'static str>) {
    match event.trim_start_matches("incident.").trim_start_matches("v2.") {
        "triggered" | "trigger" | "reopened" => (EventKind::AlertFired, Some("trigger")),
        "acknowledged" | "acknowledge" => (EventKind::AlertAcknowledged, Some("ack")),
        "resolved" | "resolve" => (EventKind::AlertResolved, Some("resolve")),
        "reassigned" | "delegated" | "delegate" | "escalated" | "escalate" | "assign" | "responder.added"
        | "responder.replied" => (EventKind::Escalation, None),
        "annotated" | "annotate" => (EventKind::Message, None),
        "status_update_published" => (EventKind::StatusUpdate, None),
        _ => (EventKind::Log, None),
    }
}

/// Version 3: `{event: {event_type, occurred_at, agent, data}}`.
fn event(event: &Value, out: &mut Output<'_>) {
    let name = event.str("event_type").unwrap_or("event");
    let empty = Value::Null;
    let data = event.at("data").unwrap_or(&empty);
    let incident = data.at("incident").unwrap_or(data);
    let (kind, phase) = meaning(name);
    let title = incident.first(&["title", "summary"]).unwrap_or_default();
    let what = name.trim_start_matches("incident.").replace(['_', '.'], " ");
    let text = match data.first(&["content", "message", "trimmed"]) {
        Some(content) => content.to_owned(),
        None => format!("Incident {what}: {title}"),
    };
    let agent = event.at("agent").and_then(|agent| {
        let names = [agent.first(&["summary", "name"]), agent.str("id")];
        if agent.str("type").is_some_and(|kind| kind.starts_with("user")) {
            person(names)
        } else {
            machine(names[0].or(names[1]))
        }
    });
    let id = incident_id(incident);
    out.emit(
        Entry::new("pagerduty", SourceClass::Alerting, kind, event.moment("occurred_at"))
            .text(text)
            .actor(agent)
            .key(id.as_ref().zip(phase).map(|(id, phase)| format!("pd:{id}:{phase}")))
            .key(event.text("id").map(|id| format!("pdevent:{id}")))
            .thread(id.map(|id| format!("pd:{id}")))
            .service(incident.str("service/summary"))
            .permalink(incident.str("html_url"))
            .label("urgency", incident.str("urgency"))
            .label("priority", incident.str("priority/summary"))
            .label("status", incident.str("status"))
            .label("target", incident.str("assignees/0/summary"))
            .label("subtype", Some(name)),
    );
}

/// Versions 1 and 2: one element of `messages`.
fn message(message: &Value, out: &mut Output<'_>) {
    let entries = message.list("log_entries");
    let name = message.first(&["event", "type"]).unwrap_or("event");
    let incident = message.at("incident").or_else(|| message.at("data/incident")).unwrap_or(&Value::Null);
    let (kind, phase) = meaning(name);
    let id = incident_id(incident);
    let by = incident.first(&[
        "last_status_change_by/summary",
        "last_status_change_by/name",
        "resolved_by_user/name",
    ]);
    let title = incident.first(&[
        "title",
        "summary",
        "trigger_summary_data/subject",
        "trigger_summary_data/description",
    ]);
    let time =
        message.moment("created_on").or_else(|| entries.first().and_then(|entry| entry.moment("created_at")));
    let note = entries
        .iter()
        .find_map(|entry| entry.first(&["channel/content", "channel/summary"]))
        .filter(|_| kind == EventKind::Message);
    let what = name.trim_start_matches("incident.").replace('_', " ");
    out.emit(
        Entry::new("pagerduty", SourceClass::Alerting, kind, time)
            .text(
                note.map_or_else(|| format!("Incident {what}: {}", title.unwrap_or_default()), str::to_owned),
            )
            .actor(
                entries
                    .iter()
                    .find_map(|entry| person([entry.str("agent/summary")]))
                    .or_else(|| person([by])),
            )
            .key(id.as_ref().zip(phase).map(|(id, phase)| format!("pd:{id}:{phase}")))
            .thread(id.map(|id| format!("pd:{id}")))
            .service(incident.first(&["service/summary", "service/name"]))
            .permalink(incident.str("html_url"))
            .label("urgency", incident.str("urgency"))
            .label("status", incident.str("status"))
            .label("subtype", Some(name)),
    );
}

/// The Events API: what was sent to PagerDuty.
fn sent(item: &Value, out: &mut Output<'_>) {
    let action = item.str("event_action").unwrap_or("trigger");
    let (kind, _) = meaning(action);
    out.emit(
        Entry::new(
            "pagerduty",
            SourceClass::Alerting,
            kind,
            item.first_moment(&["payload/timestamp", "timestamp", "received_at"]),
        )
        .text(item.str("payload/summary").map_or_else(
            || format!("{action}: {}", item.str("dedup_key").unwrap_or("incident")),
            str::to_owned,
        ))
        .key(item.str("dedup_key").map(|key| format!("pddedup:{key}:{action}")))
        .service(item.first(&["payload/component", "payload/source"]))
        .label("severity", item.str("payload/severity"))
        .label("subtype", Some(action)),
    );
}

fn is_old(item: &Value) -> bool {
    item.first(&["event", "type"]).is_some_and(|name| name.starts_with("incident."))
        && (item.names("created_on") || item.names("incident"))
}

impl JsonSource for PagerDutyWebhook {
    fn id(&self) -> &'static str {
        "pagerduty_webhook"
    }

    fn title(&self) -> &'static str {
        "PagerDuty webhooks"
    }

    fn describe(&self) -> &'static str {
        "Webhook payloads of version 1, 2 and 3 as received, and events sent to the Events API."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["messages"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let third = item.has_all(&["event/event_type", "event/occurred_at"])
            || item.has_all(&["event_type", "occurred_at", "resource_type"]);
        Confidence::Certain.when(
            third
                || is_old(item)
                || item.has_all(&["event_action", "routing_key"])
                || item.has_all(&["event_action", "dedup_key"]),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("event_action") {
            sent(item, out);
        } else if is_old(item) {
            message(item, out);
        } else {
            event(item.at("event").filter(|inner| inner.is_object()).unwrap_or(item), out);
        }
    }
}
