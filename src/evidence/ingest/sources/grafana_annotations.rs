//! Grafana annotations: marks that people and pipelines put on dashboards, and state changes of alerts.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, change_kind, person};
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct GrafanaAnnotations;
pub(super) static ENTRY: Json<GrafanaAnnotations> = Json(GrafanaAnnotations);

impl JsonSource for GrafanaAnnotations {
    fn id(&self) -> &'static str {
        "grafana_annotations"
    }

    fn title(&self) -> &'static str {
        "Grafana annotations"
    }

    fn describe(&self) -> &'static str {
        "GET /api/annotations?from=…&to=… of the incident; deploy markers among them count as deploys."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let place = item.names("dashboardUID")
            || item.names("dashboardId")
            || item.names("panelId")
            || item.names("newState");
        let time = item.integer("time").is_some_and(|time| time > 1_000_000_000_000);
        Confidence::Strong.when(time && place && item.names("text"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let tags: Vec<&str> = item.list("tags").iter().filter_map(Value::as_str).collect();
        let text = html::plain(item.str("text").unwrap_or_default());
        let state = item.str("newState").filter(|state| !state.is_empty());
        let deploy = tags
            .iter()
            .any(|tag| ["deploy", "deployment", "release", "rollout"].contains(&tag.to_lowercase().as_str()));
        let (class, kind) = match state {
            Some("alerting" | "Alerting") => (SourceClass::Alerting, EventKind::AlertFired),
            Some("ok" | "Normal" | "normal") => (SourceClass::Alerting, EventKind::AlertResolved),
            Some(_) => (SourceClass::Alerting, EventKind::Log),
            None if deploy => (SourceClass::Deploy, change_kind(&text, EventKind::Deploy)),
            None => (SourceClass::Chat, EventKind::Message),
        };
        let text = match (text.is_empty(), item.str("alertName")) {
            (true, Some(name)) => {
                format!("{name}: {} → {}", item.str("prevState").unwrap_or("?"), state.unwrap_or("?"))
            }
            _ => text,
        };
        out.emit(
            Entry::new("grafana", class, kind, item.moment("time"))
                .until(item.moment("timeEnd"))
                .text(text)
                .actor(person([item.str("login"), item.str("email")]))
                .key(item.text("id").map(|id| format!("annotation:{id}")))
                .label("tags", Some(tags.join(", ")))
                .label("status", state),
        );
    }
}
