//! Webhooks of Grafana's legacy alerting, which carry no time of their own.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct GrafanaLegacy;
pub(super) static ENTRY: Json<GrafanaLegacy> = Json(GrafanaLegacy);

impl JsonSource for GrafanaLegacy {
    fn id(&self) -> &'static str {
        "grafana_legacy"
    }

    fn title(&self) -> &'static str {
        "Grafana legacy alerts"
    }

    fn describe(&self) -> &'static str {
        "Webhooks before unified alerting; keep the time of receipt beside the payload (received_at), it has none."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let item = item.at("payload").or_else(|| item.at("body")).unwrap_or(item);
        Confidence::Certain
            .when(item.has_all(&["ruleName", "state"]) && (item.names("ruleId") || item.names("evalMatches")))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let receipt = item.first_moment(&["received_at", "receivedAt", "timestamp", "time", "date"]);
        let alert = item.at("payload").or_else(|| item.at("body")).unwrap_or(item);
        let state = alert.str("state").unwrap_or_default();
        let kind = match state {
            "alerting" => EventKind::AlertFired,
            "ok" => EventKind::AlertResolved,
            _ => EventKind::Log,
        };
        let values = alert.list("evalMatches").iter().map(|found| {
            format!(
                "{} = {}",
                found.str("metric").unwrap_or("value"),
                found.text("value").unwrap_or_default()
            )
        });
        let values = values.collect::<Vec<_>>().join(", ");
        let mut parts: Vec<&str> = [alert.str("title"), alert.str("message")].into_iter().flatten().collect();
        if parts.is_empty() {
            parts.extend(alert.str("ruleName"));
        }
        if !values.is_empty() {
            parts.push(&values);
        }
        if receipt.is_none() {
            let line = out.position();
            return out.tally(
                "legacy Grafana alerts carry no time; add the time of receipt as `received_at`",
                line,
            );
        }
        out.emit(
            Entry::new("grafana", SourceClass::Alerting, kind, receipt)
                .text(parts.join(" · "))
                .key(alert.text("ruleId").map(|id| format!("grafanarule:{id}:{state}")))
                .permalink(alert.str("ruleUrl"))
                .label("alertname", alert.str("ruleName"))
                .label("status", Some(state)),
        );
    }
}
