//! Google Cloud's status: `incidents.json` and the page of one incident.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct GoogleStatus;
pub(super) static ENTRY: Json<GoogleStatus> = Json(GoogleStatus);

impl JsonSource for GoogleStatus {
    fn id(&self) -> &'static str {
        "google_status"
    }

    fn title(&self) -> &'static str {
        "Google Cloud status"
    }

    fn describe(&self) -> &'static str {
        "status.cloud.google.com/incidents.json or one incident of it; the claimed begin and end are kept beside the updates."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let updates = item.at("updates").is_some_and(Value::is_array);
        Confidence::Certain.when(
            updates
                && item.has("begin")
                && (item.names("external_desc") || item.names("service_name") || item.names("number")),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let title = item.first(&["external_desc", "service_name"]).unwrap_or("incident");
        let id = item.text("id").or_else(|| item.text("number")).unwrap_or_default();
        let entry = |kind, at, text: String| {
            Entry::new("google_status", SourceClass::Chat, kind, at)
                .text(text)
                .thread(Some(format!("gcp:{id}")))
                .services(item.list("affected_products").iter().filter_map(|product| product.str("title")))
                .permalink(
                    item.str("uri").map(|uri| {
                        format!("https://status.cloud.google.com/{}", uri.trim_start_matches('/'))
                    }),
                )
                .label("severity", item.str("severity"))
        };
        out.emit(
            entry(EventKind::Observation, item.moment("begin"), format!("Impact began (as stated): {title}"))
                .label("subtype", Some("impact_start")),
        );
        let mut updates: Vec<&Value> = item.list("updates").iter().collect();
        updates.reverse();
        for update in updates {
            let text = html::plain(update.str("text").unwrap_or_default());
            let at = update.first_moment(&["when", "created"]);
            let key = at.as_ref().and_then(|moment| moment.at()).map(|at| format!("gcp:{id}@{at}"));
            out.emit(entry(EventKind::StatusUpdate, at, text).key(key).label("status", update.str("status")));
        }
        if item.has("end") {
            out.emit(
                entry(
                    EventKind::Observation,
                    item.moment("end"),
                    format!("Impact ended (as stated): {title}"),
                )
                .label("subtype", Some("impact_end")),
            );
        }
    }
}
