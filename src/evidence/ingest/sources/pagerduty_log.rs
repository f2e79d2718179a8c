//! PagerDuty log entries (REST v2): the full history of incidents, page by page.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct PagerDutyLog;
pub(super) static ENTRY: Json<PagerDutyLog> = Json(PagerDutyLog);

/// The type without its suffixes: `acknowledge`.
fn short_type(item: &Value) -> &str {
    let kind = item.str("type").unwrap_or_default();
    let kind = kind.strip_suffix("_reference").unwrap_or(kind);
    match kind.strip_suffix("_log_entry").unwrap_or(kind) {
        "acknowledgement" => "acknowledge",
        "unacknowledgement" => "unacknowledge",
        "trigger_reopen" | "reopen" => "trigger",
        "resolution" => "resolve",
        "assignment" => "assign",
        "escalation" => "escalate",
        "notification" => "notify",
        "note" => "annotate",
        other => other,
    }
}

/// The incident's number, else its id: what log entries, webhooks and chat messages have in common.
pub(super) fn incident_id(incident: &Value) -> Option<String> {
    let in_summary = incident.str("summary").and_then(|summary| {
        let number = summary.strip_prefix("[#")?.split_once(']')?.0;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.to_owned())
    });
    in_summary
        .or_else(|| incident.text("incident_number"))
        .or_else(|| incident.text("number"))
        .or_else(|| incident.text("id"))
}

/// The title without the number in front.
fn title(incident: &Value) -> Option<&str> {
    let summary = incident.first(&["summary", "title"])?;
    Some(
        summary
            .split_once("] ")
            .filter(|(head, _)| head.starts_with("[#"))
            .map_or(summary, |(_, title)| title),
    )
}

fn actor(item: &Value, kind: &str) -> Option<Actor> {
    let agent = item
        .at("agent")
        .or_else(|| item.at("user").filter(|_| matches!(kind, "acknowledge" | "annotate")))?;
    let mut actor = person([agent.first(&["summary", "name"]), agent.str("id"), agent.str("email")])?;
    let kind_of_agent = agent.str("type").unwrap_or_default();
    let machine = ["service", "integration", "api_key", "rule", "workflow"]
        .iter()
        .any(|word| kind_of_agent.contains(word));
    // A person may be typed as a service: only when the name is that of the service it is one.
    let same_as_service = item.str("service/summary").is_none_or(|service| service == actor.name)
        || kind_of_agent.contains("integration");
    actor.bot = machine && (same_as_service || !kind_of_agent.starts_with("service"));
    Some(actor)
}

/// What the incident's alert said: the details of the trigger.
fn details(channel: &Value) -> Option<String> {
    match channel.at("details").or_else(|| channel.at("cef_details/details"))? {
        Value::String(text) => Some(text.clone()),
        Value::Object(members) => {
            let parts = members.iter().filter_map(|(name, value)| {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                (value.len() < 300 && !value.is_empty() && !value.contains('\n'))
                    .then(|| format!("{name}: {value}"))
            });
            Some(parts.take(8).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}

fn text(item: &Value, kind: &str) -> String {
    let summary = item.first(&["summary", "channel/summary"]).unwrap_or(kind);
    match kind {
        "annotate" => item
            .first(&["note", "note/content", "channel/content", "channel/summary", "summary"])
            .unwrap_or(summary)
            .to_owned(),
        "trigger" => {
            let details = item.at("channel").and_then(details).filter(|details| !details.is_empty());
            let title = item.at("incident").and_then(title).or_else(|| item.str("channel/summary"));
            let mut parts: Vec<String> =
                title.filter(|title| !summary.contains(title)).map(str::to_owned).into_iter().collect();
            parts.push(summary.to_owned());
            parts.extend(details);
            parts.join(" · ")
        }
        _ => match item.at("incident").and_then(title).filter(|title| !summary.contains(title)) {
            Some(title) => format!("{summary} · {title}"),
            None => summary.to_owned(),
        },
    }
}

impl JsonSource for PagerDutyLog {
    fn id(&self) -> &'static str {
        "pagerduty_log"
    }

    fn title(&self) -> &'static str {
        "PagerDuty log entries"
    }

    fn describe(&self) -> &'static str {
        "GET /incidents/{id}/log_entries: pages as saved, also without is_overview, so that notifications are in it."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["log_entries", "log_entry"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let kind = item.str("type").unwrap_or_default();
        Confidence::Certain.when(kind.ends_with("_log_entry") || kind.ends_with("_log_entry_reference"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let kind = short_type(item);
        let event = match kind {
            "trigger" => EventKind::AlertFired,
            "acknowledge" => EventKind::AlertAcknowledged,
            "resolve" => EventKind::AlertResolved,
            "annotate" => EventKind::Message,
            "notify"
            | "assign"
            | "escalate"
            | "delegate"
            | "repeat_escalation_path"
            | "exhaust_escalation_path" => EventKind::Escalation,
            _ => EventKind::Log,
        };
        let empty = Value::Null;
        let incident = item.at("incident").unwrap_or(&empty);
        let phase = matches!(kind, "trigger" | "resolve")
            .then_some(kind)
            .or((kind == "acknowledge").then_some("ack"));
        let key = incident_id(incident).zip(phase).map(|(id, phase)| format!("pd:{id}:{phase}"));
        out.emit(
            Entry::new("pagerduty", SourceClass::Alerting, event, item.moment("created_at"))
                .text(text(item, kind))
                .actor(actor(item, kind))
                .key(key)
                .key(item.str("id").map(|id| format!("pdlog:{id}")))
                .thread(incident_id(incident).map(|id| format!("pd:{id}")))
                .service(item.first(&["service/summary", "service/name", "incident/service/summary"]))
                .permalink(item.first(&["html_url", "incident/html_url"]))
                .label("subtype", Some(kind))
                .label("transport", item.first(&["channel/notification/type", "channel/type"]))
                .label("target", item.first(&["user/summary", "user/name", "assignees/0/summary"]))
                .label("delivery", item.str("channel/notification/status"))
                .label("urgency", item.str("incident/urgency")),
        );
    }
}
