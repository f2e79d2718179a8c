//! Opsgenie incidents, with their timelines where they were exported.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, machine, person};
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct OpsgenieIncidents;
pub(super) static ENTRY: Json<OpsgenieIncidents> = Json(OpsgenieIncidents);

fn timeline_kind(name: &str) -> EventKind {
    match name {
        "IncidentOpened" => EventKind::Declared,
        "IncidentResolved" => EventKind::Resolved,
        "ResponderAlertAcked" => EventKind::AlertAcknowledged,
        "ResponderAlertClosed" => EventKind::AlertResolved,
        "IncidentResponderUserAdded" | "IncidentResponderTeamAdded" => EventKind::Escalation,
        "StatusPageAdded" | "StakeholderUpdateSent" => EventKind::StatusUpdate,
        "NoteAdded" | "IncidentNoteAdded" => EventKind::Message,
        _ => EventKind::Log,
    }
}

fn timeline(entry: &Value, incident: &Value, out: &mut Output<'_>) {
    let name = entry.str("type").unwrap_or("entry");
    let words = |path: &str| {
        entry
            .at(path)
            .map(|value| html::plain(value.str("content").or_else(|| value.as_str()).unwrap_or_default()))
    };
    let mut text = words("title").filter(|text| !text.is_empty()).unwrap_or_else(|| name.to_owned());
    if let Some(more) = words("description").filter(|more| !more.is_empty()) {
        text = format!("{text} · {more}");
    }
    // "System" is typed as a user.
    let who = entry.str("actor/name");
    let who = if who == Some("System") || entry.str("actor/type") != Some("user") {
        machine(who)
    } else {
        person([who])
    };
    out.emit(
        Entry::new(
            "opsgenie",
            SourceClass::Alerting,
            timeline_kind(name),
            entry.first_moment(&["eventTime", "createdAt"]),
        )
        .text(text)
        .actor(who)
        .key(entry.text("id").map(|id| format!("opsgenie:{id}")))
        .thread(incident.text("id").map(|id| format!("opsgenie:{id}")))
        .label("subtype", Some(name))
        .label("hidden", entry.flag("hidden").then_some("true")),
    );
}

impl JsonSource for OpsgenieIncidents {
    fn id(&self) -> &'static str {
        "opsgenie_incidents"
    }

    fn title(&self) -> &'static str {
        "Opsgenie incidents"
    }

    fn describe(&self) -> &'static str {
        "GET /v1/incidents and the incident timelines; impact dates become the claimed start and end."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["data", "incidents"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let incident = item.names("tinyId")
            && (item.names("impactStartDate") || item.names("impactedServices") || item.names("timelines"));
        let entry = item.has_all(&["eventTime", "type", "actor"]) && item.names("group");
        Confidence::Certain.when(incident || entry)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("eventTime") {
            return timeline(item, &Value::Null, out);
        }
        let id = item.text("id");
        let title = item.str("message").unwrap_or("incident");
        let entry = |kind, path: &str, text: String| {
            Entry::new("opsgenie", SourceClass::Alerting, kind, item.moment(path))
                .text(text)
                .thread(id.as_ref().map(|id| format!("opsgenie:{id}")))
                .services(
                    item.list("impactedServices")
                        .iter()
                        .filter_map(|service| service.as_str().or_else(|| service.str("name"))),
                )
                .permalink(item.str("links/web"))
                .label("severity", item.str("priority"))
                .label("status", item.str("status"))
        };
        let description = item.str("description").map(html::plain).unwrap_or_default();
        let text =
            if description.is_empty() { title.to_owned() } else { format!("{title} · {description}") };
        out.emit(
            entry(EventKind::Declared, "createdAt", text)
                .key(id.as_ref().map(|id| format!("opsgenie:{id}:opened"))),
        );
        if item.has("impactStartDate") && item.str("impactStartDate") != item.str("createdAt") {
            out.emit(
                entry(EventKind::Observation, "impactStartDate", format!("Impact began: {title}"))
                    .label("subtype", Some("impact_start")),
            );
        }
        if item.has("impactEndDate") {
            out.emit(
                entry(EventKind::Observation, "impactEndDate", format!("Impact ended: {title}"))
                    .label("subtype", Some("impact_end")),
            );
        }
        item.list("timelines").iter().for_each(|one| timeline(one, item, out));
        let closed = matches!(item.str("status"), Some("resolved" | "closed"));
        if closed && item.list("timelines").is_empty() {
            let path = if item.has("resolvedAt") { "resolvedAt" } else { "updatedAt" };
            out.emit(entry(EventKind::Resolved, path, format!("Resolved: {title}")));
        }
    }
}
