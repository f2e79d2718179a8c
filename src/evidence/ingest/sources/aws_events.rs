//! AWS events: alarms of CloudWatch, what SNS carried, what EventBridge saw of deployments, scaling and health.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, change_kind};
use crate::evidence::ingest::json::{Field, Json, JsonSource, dispatch};
use crate::evidence::ingest::moment::Moment;
use crate::evidence::ingest::{Confidence, Output};

use super::cloudtrail;

pub(super) struct AwsEvents;
pub(super) static ENTRY: Json<AwsEvents> = Json(AwsEvents);

fn alarm(name: &str, state: &str, reason: Option<&str>, moment: Option<Moment>, link: Option<&str>) -> Entry {
    let kind = match state {
        "ALARM" => EventKind::AlertFired,
        "OK" => EventKind::AlertResolved,
        _ => EventKind::Log,
    };
    let told = match kind {
        EventKind::AlertFired => name.to_owned(),
        EventKind::AlertResolved => format!("Resolved: {name}"),
        _ => format!("{name}: {}", state.to_lowercase().replace('_', " ")),
    };
    let text = reason.map_or_else(|| told.clone(), |reason| format!("{told} · {reason}"));
    Entry::new("cloudwatch", SourceClass::Alerting, kind, moment)
        .text(text)
        .permalink(link)
        .label("status", Some(state))
        .label("alertname", Some(name))
}

/// The state of an alarm, as EventBridge and an action's call have it.
fn state_change(item: &Value, detail: &Value, out: &mut Output<'_>) {
    let at = detail.moment("state/timestamp").or_else(|| item.moment("time"));
    let name = detail.str("alarmName").unwrap_or("alarm");
    out.emit(alarm(
        name,
        detail.str("state/value").unwrap_or_default(),
        detail.str("state/reason"),
        at,
        None,
    ));
}

/// The message of an alarm as SNS sends it.
fn notification(item: &Value, out: &mut Output<'_>) {
    let service = item.list("Trigger/Dimensions").first().and_then(|one| one.first(&["value", "Value"]));
    let entry = alarm(
        item.str("AlarmName").unwrap_or("alarm"),
        item.str("NewStateValue").unwrap_or_default(),
        item.str("NewStateReason"),
        item.moment("StateChangeTime"),
        None,
    );
    out.emit(entry.service(service).label("region", item.str("Region")));
}

/// An entry of an alarm's history: only the changes of its state are told.
fn history(item: &Value, out: &mut Output<'_>) {
    let summary = item.str("HistorySummary").unwrap_or_default();
    let name = item.str("AlarmName").unwrap_or("alarm");
    let state = summary.rsplit_once(" to ").map(|(_, state)| state);
    match state.filter(|_| item.str("HistoryItemType") == Some("StateUpdate")) {
        Some(state) => out.emit(alarm(name, state, Some(summary), item.moment("Timestamp"), None)),
        None => out.aside("no change of an alarm's state", out.position()),
    }
}

/// What SNS carried: JSON that a format knows, or words.
fn message(envelope: &Value, out: &mut Output<'_>) {
    let text = envelope.str("Message").unwrap_or_default();
    if let Ok(inner @ Value::Object(_)) = serde_json::from_str::<Value>(text)
        && dispatch(&inner, out, 1)
    {
        return;
    }
    if envelope.str("Type").is_some_and(|kind| kind.ends_with("Confirmation")) {
        return out.aside("a subscription being confirmed", out.position());
    }
    let told =
        envelope.str("Subject").map_or_else(|| text.to_owned(), |subject| format!("{subject}: {text}"));
    out.emit(
        Entry::new("aws", SourceClass::Automated, EventKind::Log, envelope.moment("Timestamp"))
            .text(told)
            .key(envelope.str("MessageId").map(|id| format!("sns:{id}"))),
    );
}

/// Words of an event's detail: what it is about and what became of it.
fn detail_words(detail: &Value) -> Vec<&str> {
    let paths = [
        "pipeline",
        "project-name",
        "application",
        "deploymentGroup",
        "serviceName",
        "AutoScalingGroupName",
        "instance-id",
        "EC2InstanceId",
        "eventTypeCode",
        "stage",
        "state",
        "build-status",
        "eventName",
        "StatusMessage",
        "reason",
        "Cause",
        "eventDescription/0/latestDescription",
    ];
    paths.iter().filter_map(|path| detail.str(path)).take(6).collect()
}

/// An event of EventBridge that is neither an alarm nor a call of an API.
fn bus_event(item: &Value, out: &mut Output<'_>) {
    let what = item.str("detail-type").unwrap_or("event");
    let empty = Value::Null;
    let detail = item.at("detail").unwrap_or(&empty);
    let words = detail_words(detail);
    let text = if words.is_empty() { what.to_owned() } else { format!("{what}: {}", words.join(" · ")) };
    let lower = what.to_lowercase();
    let deploys = ["codedeploy deployment", "codepipeline pipeline", "ecs deployment", "elastic beanstalk"];
    let deploy = deploys.iter().any(|mark| lower.contains(mark));
    let ended = text.to_lowercase();
    let kind = match deploy
        && (ended.contains("success") || ended.contains("succeeded") || ended.contains("completed"))
    {
        true => change_kind(&text, EventKind::Deploy),
        false => EventKind::Log,
    };
    let class = if deploy { SourceClass::Deploy } else { SourceClass::Automated };
    out.emit(
        Entry::new("aws", class, kind, item.moment("time"))
            .text(text)
            .key(item.str("id").map(|id| format!("eventbridge:{id}")))
            .service(detail.first(&[
                "application",
                "pipeline",
                "project-name",
                "serviceName",
                "AutoScalingGroupName",
            ]))
            .label("status", detail.first(&["state", "build-status"]))
            .label("region", item.str("region"))
            .label("subtype", Some(what)),
    );
}

impl JsonSource for AwsEvents {
    fn id(&self) -> &'static str {
        "aws_events"
    }

    fn title(&self) -> &'static str {
        "AWS alarms and events"
    }

    fn describe(&self) -> &'static str {
        "CloudWatch alarms as SNS or EventBridge send them, describe-alarm-history, and other events of EventBridge."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["Records", "AlarmHistoryItems"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let bus = item.has_all(&["detail-type", "source", "time"]);
        let alarm = item.has_all(&["AlarmName", "NewStateValue"]) || item.has_all(&["alarmData", "alarmArn"]);
        let history = item.has_all(&["AlarmName", "HistoryItemType"]);
        let carried = item.has("Sns/Message") || item.has_all(&["TopicArn", "MessageId"]);
        Confidence::Certain.when(bus || alarm || history || carried)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let detail = item.at("detail").or_else(|| item.at("alarmData"));
        if let Some(envelope) = item.at("Sns") {
            message(envelope, out);
        } else if item.has("TopicArn") {
            message(item, out);
        } else if item.has("HistoryItemType") {
            history(item, out);
        } else if item.has("NewStateValue") {
            notification(item, out);
        } else if let Some(detail) = detail.filter(|detail| detail.has_all(&["alarmName", "state"])) {
            state_change(item, detail, out);
        } else if let Some(detail) = detail.filter(|detail| detail.has_all(&["eventName", "eventTime"])) {
            cloudtrail::call(detail, out);
        } else {
            bus_event(item, out);
        }
    }
}
