//! Datadog events, API versions 1 and 2.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct DatadogEvents;
pub(super) static ENTRY: Json<DatadogEvents> = Json(DatadogEvents);

/// Text without the marks that switch Markdown on.
pub(super) fn unwrapped(text: &str) -> String {
    let text = text.replace("%%%", "");
    // Below the rule come links to the monitor.
    let words = text.split("\n - - -").next().unwrap_or_default().split("\n- - -").next().unwrap_or_default();
    words.trim().to_owned()
}

/// What a transition or a title says of the monitor.
pub(super) fn transition(text: &str) -> Option<EventKind> {
    let text = text.to_lowercase();
    if ["recovered", "recovery", "success", "resolved"].iter().any(|word| text.contains(word)) {
        return Some(EventKind::AlertResolved);
    }
    ["triggered", "re-triggered", "alert", "warn", "no data", "renotify", "error"]
        .iter()
        .any(|word| text.contains(word))
        .then_some(EventKind::AlertFired)
}

fn tags(list: &[Value]) -> Vec<&str> {
    list.iter().filter_map(Value::as_str).collect()
}

fn tag<'a>(tags: &[&'a str], name: &str) -> Option<&'a str> {
    tags.iter().find_map(|tag| tag.strip_prefix(name)?.strip_prefix(':'))
}

impl JsonSource for DatadogEvents {
    fn id(&self) -> &'static str {
        "datadog_events"
    }

    fn title(&self) -> &'static str {
        "Datadog events"
    }

    fn describe(&self) -> &'static str {
        "GET /api/v1/events or /api/v2/events of the incident, pages as saved."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["events", "data"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let first = item.at("event").unwrap_or(item).names("date_happened");
        let second = item.has("attributes/timestamp")
            && (item.has("attributes/attributes") || matches!(item.str("type"), Some("event" | "log")));
        Confidence::Certain.when(first || second)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let event = item.at("event").filter(|inner| inner.is_object()).unwrap_or(item);
        let inner = event.at("attributes/attributes").unwrap_or(event);
        let tags = [tags(event.list("tags")), tags(event.list("attributes/tags"))].concat();
        let title = inner.str("title").unwrap_or_default();
        let body = event.first(&["text", "attributes/message"]).map(unwrapped).unwrap_or_default();
        let text = match (title, body.as_str()) {
            ("", _) => body.clone(),
            (_, "") => title.to_owned(),
            _ if body == title => body.clone(),
            _ => format!("{title} · {body}"),
        };
        let change = inner.first(&[
            "monitor/transition/trans_name",
            "monitor/transition/transition_type",
            "alert_transition",
        ]);
        let monitor = inner.has("monitor")
            || title.starts_with("[Triggered")
            || title.starts_with("[Recovered")
            || title.starts_with("[Re-Triggered")
            || event.str("source") == Some("alert");
        let kind = match change.and_then(transition) {
            Some(kind) => kind,
            None if monitor => transition(title).unwrap_or(EventKind::AlertFired),
            None if tags.iter().any(|tag| tag.contains("deploy"))
                || title.to_lowercase().contains("deploy") =>
            {
                EventKind::Deploy
            }
            None => EventKind::Log,
        };
        let class = match kind {
            EventKind::AlertFired | EventKind::AlertResolved => SourceClass::Alerting,
            EventKind::Deploy => SourceClass::Deploy,
            _ => SourceClass::Automated,
        };
        // The numeric id of version 1 is already rounded by floats.
        let id = event.text("id_str").or_else(|| inner.text("evt/id")).or_else(|| event.text("id"));
        out.emit(
            Entry::new(
                "datadog",
                class,
                kind,
                event.first_moment(&["attributes/timestamp", "date_happened", "timestamp"]),
            )
            .text(text)
            .key(id.map(|id| format!("datadog:{id}")))
            .service(
                tag(&tags, "service").or_else(|| {
                    event.first(&["attributes/attributes/service", "attributes/service", "service"])
                }),
            )
            .permalink(event.str("url"))
            .label("severity", event.str("alert_type").or_else(|| inner.str("status")))
            .label("environment", tag(&tags, "env"))
            .label("aggregation_key", inner.str("aggregation_key"))
            .label("tags", Some(tags.join(", "))),
        );
    }
}
