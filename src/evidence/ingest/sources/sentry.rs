//! Sentry issues, events, activity and webhooks.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Sentry;
pub(super) static ENTRY: Json<Sentry> = Json(Sentry);

fn issue(item: &Value, out: &mut Output<'_>) {
    let title = item.first(&["title", "metadata/title"]).unwrap_or("issue");
    let text = match item.str("culprit") {
        Some(culprit) => format!("{title} ({culprit})"),
        None => title.to_owned(),
    };
    let count = item.integer("count").unwrap_or(1);
    // firstSeen is the first time ever, which may be long before this incident; then lastSeen is what belongs to it.
    let (first, last) = (item.moment("firstSeen"), item.moment("lastSeen"));
    let days = first.as_ref().and_then(|first| first.at()).zip(last.as_ref().and_then(|last| last.at()));
    let old = days.is_some_and(|(first, last)| last.duration_since(first).as_hours() > 24);
    let (at, until) = if old { (last, None) } else { (first, last) };
    out.emit(
        Entry::new("sentry", SourceClass::Automated, EventKind::Observation, at)
            .text(format!("{}: {text}", if old { "Error last seen" } else { "Error first seen" }))
            .until(until)
            .label("first_seen", item.str("firstSeen").filter(|_| old))
            .count(count)
            .service(item.first(&["project/slug", "project/name"]))
            .key(item.text("id").map(|id| format!("sentry:{id}")))
            .permalink(item.first(&["permalink", "web_url"]))
            .label("severity", item.str("level"))
            .label("status", item.str("status"))
            .label("short_id", item.str("shortId"))
            .label("assigned", item.first(&["assignedTo/name", "assignedTo"]))
            .label("subtype", Some("issue")),
    );
    for activity in item.list("activity") {
        step(activity, out);
    }
}

fn step(item: &Value, out: &mut Output<'_>) {
    let name = item.str("type").unwrap_or("activity");
    let kind = if name == "note" { EventKind::Message } else { EventKind::Log };
    let text =
        item.first(&["data/text", "data/version"]).map_or_else(|| name.replace('_', " "), str::to_owned);
    out.emit(
        Entry::new("sentry", SourceClass::Chat, kind, item.moment("dateCreated"))
            .text(text)
            .actor(person([item.str("user/name"), item.str("user/email")]))
            .label("subtype", Some(name)),
    );
}

fn event(item: &Value, out: &mut Output<'_>) {
    let title =
        item.first(&["title", "message", "logentry/formatted", "metadata/value"]).unwrap_or("error event");
    out.emit(
        Entry::new(
            "sentry",
            SourceClass::Automated,
            EventKind::Observation,
            item.first_moment(&["datetime", "dateCreated", "timestamp", "received"]),
        )
        .text(title)
        .service(item.first(&["project_slug", "project_name", "project/slug"]))
        .key(item.text("event_id").or_else(|| item.text("eventID")).map(|id| format!("sentryevent:{id}")))
        .permalink(item.first(&["web_url", "url", "permalink"]))
        .label("severity", item.str("level"))
        .label("environment", item.str("environment"))
        .label("subtype", Some("event")),
    );
}

impl JsonSource for Sentry {
    fn id(&self) -> &'static str {
        "sentry"
    }

    fn title(&self) -> &'static str {
        "Sentry"
    }

    fn describe(&self) -> &'static str {
        "Issues, events and activity from the API, and webhooks."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["activity"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let issue = item.has_all(&["firstSeen", "lastSeen"]) && item.has("title");
        let webhook = item.has("action")
            && (item.has("data/issue/firstSeen")
                || item.has("data/event/event_id")
                || item.has("data/event/eventID"));
        let event = (item.has("event_id") || item.has("eventID"))
            && (item.names("platform") || item.names("culprit"))
            && (item.has("timestamp") || item.has("datetime") || item.has("dateCreated"));
        let step = item.has_all(&["dateCreated", "type"]) && item.names("data") && item.names("user");
        Confidence::Certain.when(issue || webhook || event || step)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if let Some(inner) = item.at("data/issue") {
            issue(inner, out);
        } else if let Some(inner) = item.at("data/event") {
            event(inner, out);
        } else if item.has("firstSeen") {
            issue(item, out);
        } else if item.has("event_id") || item.has("eventID") {
            event(item, out);
        } else {
            step(item, out);
        }
    }
}
