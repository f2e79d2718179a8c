//! Webhooks of Prometheus Alertmanager and of Grafana, which took over its shape.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::Moment;
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Alertmanager;
pub(super) static ENTRY: Json<Alertmanager> = Json(Alertmanager);

/// The words of an alert: summary and description, else message, else its name.
pub(super) fn text(alert: &Value, common: Option<&Value>) -> String {
    let look = |path: &str| alert.str(path).or_else(|| common?.str(path));
    let name = look("labels/alertname");
    let summary = look("annotations/summary").or_else(|| look("annotations/title"));
    let description = look("annotations/description").or_else(|| look("annotations/message"));
    let mut parts: Vec<&str> = Vec::new();
    for part in [name, summary, description].into_iter().flatten() {
        if !parts.iter().any(|known| known.contains(part)) {
            parts.push(part);
        }
    }
    match parts.as_slice() {
        [] => "alert without a name".to_owned(),
        [name, rest @ ..] if !rest.is_empty() => format!("{name}: {}", rest.join(" · ")),
        parts => parts.join(" · "),
    }
}

/// One firing or resolution of an alert, with what its labels say.
pub(super) fn entry(source: &str, alert: &Value, kind: EventKind, at: Option<Moment>) -> Entry {
    let started = alert.first_moment(&["startsAt", "activeAt"]).and_then(|moment| moment.at());
    let fingerprint = alert.text("fingerprint").or_else(|| label_set(alert));
    let key = fingerprint.zip(started).map(|(fingerprint, at)| format!("alert:{fingerprint}@{at}"));
    let label = |name: &str| alert.text(&format!("labels/{name}"));
    let services = ["service", "app", "job", "deployment", "namespace"].into_iter().filter_map(label);
    Entry::new(source, SourceClass::Alerting, kind, at)
        .key(key)
        .services(services)
        .label("alertname", label("alertname"))
        .label("severity", label("severity").or_else(|| label("priority")))
        .label("environment", label("environment").or_else(|| label("env")).or_else(|| label("cluster")))
        .label("instance", label("instance"))
        .label("pod", label("pod"))
        .label("team", label("team"))
        .label("runbook", alert.str("annotations/runbook_url"))
        .permalink(alert.first(&["panelURL", "dashboardURL", "generatorURL"]))
}

/// Stands in for the fingerprint, which old payloads lack: a hash of the sorted labels.
fn label_set(alert: &Value) -> Option<String> {
    let labels = alert.at("labels")?.as_object()?;
    let mut pairs: Vec<String> = labels.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.sort();
    Some(blake3::hash(pairs.join(",").as_bytes()).to_hex().as_str()[..16].to_owned())
}

fn is_webhook(item: &Value) -> bool {
    item.at("alerts").is_some_and(Value::is_array)
        && (item.names("groupLabels")
            || item.names("commonLabels")
            || item.names("groupKey")
            || item.names("receiver"))
}

fn is_alert(item: &Value) -> bool {
    item.names("startsAt")
        && item.at("labels").is_some_and(Value::is_object)
        && item.at("status").is_none_or(Value::is_string)
}

/// Reads one alert: it fired at `startsAt`; when it is resolved, it ended at `endsAt`.
fn alert(alert: &Value, group: &Value, source: &str, out: &mut Output<'_>) {
    let status = alert.str("status").or_else(|| group.str("status")).unwrap_or("firing");
    let common =
        serde_json::json!({"labels": group.at("commonLabels"), "annotations": group.at("commonAnnotations")});
    let text = text(alert, Some(&common));
    let fired = entry(source, alert, EventKind::AlertFired, alert.moment("startsAt"))
        .text(&text)
        .label("receiver", group.str("receiver"))
        .label("value", alert.str("valueString"))
        .label("status", Some("firing"));
    out.emit(fired);
    if status == "resolved" {
        let ended = entry(source, alert, EventKind::AlertResolved, alert.moment("endsAt"));
        out.emit(ended.text(format!("Resolved: {text}")).label("status", Some("resolved")));
    }
}

impl JsonSource for Alertmanager {
    fn id(&self) -> &'static str {
        "alertmanager"
    }

    fn title(&self) -> &'static str {
        "Alertmanager and Grafana webhooks"
    }

    fn describe(&self) -> &'static str {
        "Payloads as received: one, an array, or one a line; repeats of a firing alert are one event."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        if is_webhook(item) {
            return Confidence::Certain;
        }
        Confidence::Likely.when(is_alert(item) && !item.names("updatedAt"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let grafana = item.names("orgId") || item.str("version") == Some("1");
        let source = if grafana { "grafana" } else { "alertmanager" };
        if is_webhook(item) {
            item.list("alerts").iter().for_each(|one| alert(one, item, source, out));
            let left_out = item.integer("truncatedAlerts").unwrap_or(0);
            if left_out > 0 {
                let line = out.position();
                out.warn(
                    line,
                    format!(
                        "{left_out} alerts of this notification were cut off by Alertmanager (max_alerts)"
                    ),
                );
            }
        } else {
            alert(item, &Value::Null, source, out);
        }
    }
}
