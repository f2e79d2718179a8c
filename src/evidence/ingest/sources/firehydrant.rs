//! FireHydrant incidents: milestones and the events of their timeline.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::milestones::milestone;
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct FireHydrant;
pub(super) static ENTRY: Json<FireHydrant> = Json(FireHydrant);

fn event(item: &Value, thread: Option<String>, out: &mut Output<'_>) {
    let name = item.str("type").unwrap_or("event");
    let kind = match name {
        "event/note" | "event/chat_message" => EventKind::Message,
        "incident_status" | "bulk_milestone_update" => EventKind::StatusUpdate,
        "role_update" => EventKind::Escalation,
        _ => EventKind::Log,
    };
    let words =
        item.first(&["data/body", "data/text", "data/message", "data/title", "data/name", "data/summary"]);
    let changes = item.list("data/bulk_milestones").iter().chain(item.list("data/milestones"));
    let changes: Vec<&str> = changes.filter_map(|change| change.first(&["type", "name"])).collect();
    let text = match (words, changes.is_empty()) {
        (Some(words), _) => html::plain(words),
        (None, false) => format!("Milestones: {}", changes.join(", ")),
        (None, true) => name.replace(['_', '/'], " "),
    };
    let entered = item.moment("created_at").and_then(|moment| moment.at()).map(|at| at.to_string());
    out.emit(
        Entry::new("firehydrant", SourceClass::Chat, kind, item.first_moment(&["occurred_at", "created_at"]))
            .text(text)
            .actor(person([item.first(&["author/name", "author/source"]), item.str("author/email")]))
            .thread(thread)
            .key(item.text("id").map(|id| format!("firehydrant:{id}")))
            .label("entered_at", entered)
            .label("subtype", Some(name)),
    );
}

impl JsonSource for FireHydrant {
    fn id(&self) -> &'static str {
        "firehydrant"
    }

    fn title(&self) -> &'static str {
        "FireHydrant"
    }

    fn describe(&self) -> &'static str {
        "An incident from the API with milestones and events."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["data"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let incident = item.at("milestones").is_some_and(Value::is_array) && item.has("created_at");
        let event = item.has_all(&["occurred_at", "type"])
            && item.names("visibility")
            && (item.names("votes") || item.has("author/source"));
        Confidence::Strong.when(incident || event)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let thread = item.text("id").map(|id| format!("firehydrant:{id}"));
        if !item.has("milestones") {
            return event(item, item.text("incident_id").map(|id| format!("firehydrant:{id}")), out);
        }
        let title = item.first(&["name", "title", "summary"]).unwrap_or("incident");
        for one in item.list("milestones") {
            let name = one.first(&["type", "slug", "name"]).unwrap_or("milestone");
            let entry =
                milestone("firehydrant", name, title, one.first_moment(&["occurred_at", "created_at"]));
            out.emit(
                entry
                    .thread(thread.clone())
                    .services(item.list("services").iter().filter_map(|service| service.str("name")))
                    .label("severity", item.str("severity"))
                    .permalink(item.str("incident_url")),
            );
        }
        item.list("events").iter().for_each(|one| event(one, thread.clone(), out));
    }
}
