//! Rootly incidents and their events, with and without the wrapping of JSON:API.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::milestones::milestone;
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Rootly;
pub(super) static ENTRY: Json<Rootly> = Json(Rootly);

const MILESTONES: [&str; 5] = ["started_at", "detected_at", "acknowledged_at", "mitigated_at", "resolved_at"];

fn inner(item: &Value) -> &Value {
    item.at("attributes").unwrap_or(item)
}

fn event(item: &Value, out: &mut Output<'_>) {
    let entry = Entry::new(
        "rootly",
        SourceClass::Chat,
        EventKind::Message,
        item.first_moment(&["occurred_at", "created_at"]),
    );
    let text = html::plain(item.str("event").unwrap_or_default());
    out.emit(
        entry
            .text(text)
            .actor(person([item.first(&["user/full_name", "user/name", "user_display_name"])]))
            .label("visibility", item.str("visibility")),
    );
}

impl JsonSource for Rootly {
    fn id(&self) -> &'static str {
        "rootly"
    }

    fn title(&self) -> &'static str {
        "Rootly"
    }

    fn describe(&self) -> &'static str {
        "An incident and its events from the API."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["data", "incidents"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let fields = inner(item);
        let milestones = MILESTONES.iter().filter(|name| fields.names(name)).count();
        let incident =
            milestones >= 3 && fields.names("mitigated_at") && (fields.has("title") || fields.has("slug"));
        let event = fields.has_all(&["occurred_at", "event"]) && fields.names("visibility");
        Confidence::Strong.when(incident || event)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let fields = inner(item);
        if fields.at("event").is_some_and(Value::is_string) {
            return event(fields, out);
        }
        let title = fields.first(&["title", "slug"]).unwrap_or("incident");
        let id = item.text("id");
        for name in MILESTONES.iter().filter(|name| fields.has(name)) {
            let entry = milestone("rootly", name, title, fields.moment(name))
                .thread(id.as_ref().map(|id| format!("rootly:{id}")));
            out.emit(
                entry
                    .label(
                        "severity",
                        fields.first(&["severity/data/attributes/name", "severity/name", "severity"]),
                    )
                    .permalink(fields.first(&["url", "short_url"])),
            );
        }
        fields.list("events").iter().for_each(|one| event(inner(one), out));
    }
}
