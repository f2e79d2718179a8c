//! PagerDuty incidents: only their creation, latest acknowledgements and end; log entries tell more.

use jiff::SignedDuration;
use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::Moment;
use crate::evidence::ingest::{Confidence, Output};

use super::pagerduty_log::incident_id;

pub(super) struct PagerDutyIncidents;
pub(super) static ENTRY: Json<PagerDutyIncidents> = Json(PagerDutyIncidents);

impl JsonSource for PagerDutyIncidents {
    fn id(&self) -> &'static str {
        "pagerduty_incidents"
    }

    fn title(&self) -> &'static str {
        "PagerDuty incidents"
    }

    fn describe(&self) -> &'static str {
        "GET /incidents, or the CSV of the web page; collect log entries as well, for acknowledgements vanish once an incident is resolved."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["incidents"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let wrapped = item.at("incident").unwrap_or(item);
        let api = wrapped.has_all(&["incident_number", "status"]) && wrapped.names("created_at");
        let table = item.has_all(&["incident_number", "created_on"]) && item.names("description");
        Confidence::Strong.when(api || table)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let item = item.at("incident").filter(|inner| inner.has("incident_number")).unwrap_or(item);
        let id = incident_id(item);
        let title = item.first(&["title", "description", "summary"]).unwrap_or("incident");
        let entry = |kind, at: Option<Moment>, phase: &str, text: String| {
            Entry::new("pagerduty", SourceClass::Alerting, kind, at)
                .text(text)
                .key(id.as_ref().map(|id| format!("pd:{id}:{phase}")))
                .thread(id.as_ref().map(|id| format!("pd:{id}")))
                .service(item.first(&["service/summary", "service/name", "service_name"]))
                .permalink(item.str("html_url"))
                .label("urgency", item.str("urgency"))
                .label("priority", item.first(&["priority/summary", "priority/name"]))
        };
        out.emit(entry(
            EventKind::AlertFired,
            item.first_moment(&["created_at", "created_on"]),
            "trigger",
            format!("Triggered: {title}"),
        ));
        for acknowledgement in item.list("acknowledgements") {
            let who =
                person([acknowledgement.str("acknowledger/summary"), acknowledgement.str("acknowledger/id")]);
            let text = format!(
                "Acknowledged by {}: {title}",
                who.as_ref().map_or("somebody", |who| who.name.as_str())
            );
            out.emit(
                entry(EventKind::AlertAcknowledged, acknowledgement.moment("at"), "ack", text).actor(who),
            );
        }
        // The table of the web page gives the first acknowledgement as a length.
        if let (Some(created), Some(length)) =
            (item.moment("created_on"), item.integer("seconds_to_first_ack"))
        {
            let at = created.plus(SignedDuration::from_secs(i64::try_from(length).unwrap_or(0)));
            let who = person([item.first(&["acknowledged_by_user_names", "assigned_to_user_names"])]);
            let text = format!(
                "Acknowledged by {}: {title}",
                who.as_ref().map_or("somebody", |who| who.name.as_str())
            );
            out.emit(entry(EventKind::AlertAcknowledged, at, "ack", text).actor(who));
        }
        if item.str("status") == Some("resolved") || item.has("resolved_on") {
            let at = item.first_moment(&["resolved_at", "resolved_on", "last_status_change_at"]);
            let who = person([item.first(&["last_status_change_by/summary", "resolved_by_user_name"])]);
            out.emit(entry(EventKind::AlertResolved, at, "resolve", format!("Resolved: {title}")).actor(who));
        }
        for note in item.list("notes") {
            let entry =
                Entry::new("pagerduty", SourceClass::Chat, EventKind::Message, note.moment("created_at"));
            out.emit(
                entry.text(note.str("content").unwrap_or_default()).actor(person([note.str("user/summary")])),
            );
        }
    }
}
