//! Alertmanager's API v2: alerts, alert groups and silences; Prometheus' own list of alerts.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::alertmanager;

pub(super) struct AlertmanagerApi;
pub(super) static ENTRY: Json<AlertmanagerApi> = Json(AlertmanagerApi);

fn is_silence(item: &Value) -> bool {
    item.at("matchers").is_some_and(Value::is_array) && item.names("startsAt")
}

fn is_api_alert(item: &Value) -> bool {
    item.has("labels") && item.names("startsAt") && (item.has("status/state") || item.has("receivers"))
}

fn is_prometheus_alert(item: &Value) -> bool {
    item.has_all(&["labels", "activeAt", "state"])
}

/// A silence is something that a person did: alerts were muted, with a reason.
fn silence(item: &Value, out: &mut Output<'_>) {
    let matchers = item.list("matchers").iter().map(|matcher| {
        let equal = matcher.at("isEqual").and_then(Value::as_bool).unwrap_or(true);
        let operator = match (equal, matcher.flag("isRegex")) {
            (true, false) => "=",
            (true, true) => "=~",
            (false, false) => "!=",
            (false, true) => "!~",
        };
        let (name, value) =
            (matcher.str("name").unwrap_or_default(), matcher.str("value").unwrap_or_default());
        format!("{name}{operator}\"{value}\"")
    });
    let matchers = matchers.collect::<Vec<_>>().join(", ");
    let comment = item.str("comment").unwrap_or("no comment");
    out.emit(
        Entry::new("alertmanager", SourceClass::Alerting, EventKind::Action, item.moment("startsAt"))
            .text(format!("Silenced {{{matchers}}}: {comment}"))
            .actor(person([item.str("createdBy")]))
            .key(item.text("id").map(|id| format!("silence:{id}")))
            .label("subtype", Some("silence"))
            .label("status", item.str("status/state")),
    );
}

fn alert(item: &Value, out: &mut Output<'_>) {
    let text = alertmanager::text(item, None);
    let state = item.first(&["status/state", "state"]).unwrap_or("active");
    let start = item.first_moment(&["startsAt", "activeAt"]);
    // endsAt of an active alert lies in the future: an expiry, no resolution.
    out.emit(
        alertmanager::entry("alertmanager", item, EventKind::AlertFired, start)
            .text(text)
            .label("status", Some(state))
            .label("receiver", item.str("receivers/0/name")),
    );
}

impl JsonSource for AlertmanagerApi {
    fn id(&self) -> &'static str {
        "alertmanager_api"
    }

    fn title(&self) -> &'static str {
        "Alertmanager API"
    }

    fn describe(&self) -> &'static str {
        "GET /api/v2/alerts, /alerts/groups and /silences, or Prometheus' /api/v1/alerts, saved during the incident."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["data", "groups", "rules", "alerts"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        Confidence::Strong.when(is_api_alert(item) || is_silence(item) || is_prometheus_alert(item))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if is_silence(item) {
            silence(item, out);
        } else {
            alert(item, out);
        }
    }
}
