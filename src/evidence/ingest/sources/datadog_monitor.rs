//! Datadog monitor webhooks, whose body is a template of the user; the usual variables are looked for.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::datadog_events::{transition, unwrapped};

pub(super) struct DatadogMonitor;
pub(super) static ENTRY: Json<DatadogMonitor> = Json(DatadogMonitor);

const CHANGES: [&str; 4] = ["alert_transition", "alertTransition", "transition", "ALERT_TRANSITION"];

impl JsonSource for DatadogMonitor {
    fn id(&self) -> &'static str {
        "datadog_monitor"
    }

    fn title(&self) -> &'static str {
        "Datadog monitor webhooks"
    }

    fn describe(&self) -> &'static str {
        "Payloads with $ALERT_TRANSITION, $EVENT_TITLE and $DATE, which the default template has."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let known =
            ["alert_id", "aggreg_key", "alert_cycle_key", "event_type", "last_updated", "alert_status"]
                .iter()
                .filter(|name| item.names(name))
                .count();
        Confidence::Strong.when(item.first(&CHANGES).is_some() && known > 0)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let change = item.first(&CHANGES).unwrap_or_default();
        let title = item.first(&["title", "event_title", "alert_title"]).unwrap_or("monitor");
        let body = item.first(&["body", "event_msg", "text_only_msg"]).map(unwrapped).unwrap_or_default();
        let text = if body.is_empty() { title.to_owned() } else { format!("{title} · {body}") };
        let cycle = item.text("alert_cycle_key").or_else(|| item.text("aggreg_key"));
        out.emit(
            Entry::new(
                "datadog",
                SourceClass::Alerting,
                transition(change).unwrap_or(EventKind::Log),
                item.first_moment(&["date", "last_updated", "timestamp"]),
            )
            .text(text)
            .key(item.text("id").map(|id| format!("datadog:{id}")))
            .thread(cycle.map(|cycle| format!("datadog:{cycle}")))
            .service(item.first(&["service", "hostname", "host"]))
            .permalink(item.first(&["link", "url"]))
            .label("severity", item.first(&["alert_priority", "priority", "alert_type"]))
            .label("status", Some(change)),
        );
    }
}
