//! Datadog incidents (API version 2), in the names of the API and of its client libraries.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct DatadogIncidents;
pub(super) static ENTRY: Json<DatadogIncidents> = Json(DatadogIncidents);

impl JsonSource for DatadogIncidents {
    fn id(&self) -> &'static str {
        "datadog_incidents"
    }

    fn title(&self) -> &'static str {
        "Datadog incidents"
    }

    fn describe(&self) -> &'static str {
        "GET /api/v2/incidents/{id}: milestones as people set them."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["data"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let kind = item.str("type").is_some_and(|kind| kind.starts_with("incident"));
        let public = item.has("attributes/public_id")
            || item.has("attributes/publicId")
            || item.has("attributes/customer_impacted")
            || item.has("attributes/customerImpacted");
        let cell = kind && item.has("attributes/cell_type");
        Confidence::Certain.when(kind && public && item.names("attributes") || cell)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let attributes = item.at("attributes").unwrap_or(item);
        if attributes.has("cell_type") {
            let text = attributes.first(&["content/content", "content/message"]).unwrap_or_default();
            let entry = Entry::new(
                "datadog",
                SourceClass::Chat,
                EventKind::Message,
                attributes.first_moment(&["display_time", "created"]),
            );
            return out.emit(entry.text(text).label("subtype", attributes.str("cell_type")));
        }
        let id = attributes
            .text("public_id")
            .or_else(|| attributes.text("publicId"))
            .or_else(|| item.text("id"))
            .unwrap_or_default();
        let title = attributes.str("title").unwrap_or("incident");
        let field = |name: &str| attributes.str(&format!("fields/{name}/value")).map(str::to_owned);
        let milestones = [
            (
                EventKind::Observation,
                &["customer_impact_start", "customerImpactStart"][..],
                "Customer impact began",
                "impact_start",
            ),
            (EventKind::Observation, &["detected"][..], "Detected", "detected"),
            (EventKind::Declared, &["created", "declared"][..], "Incident declared", "declared"),
            (
                EventKind::Observation,
                &["customer_impact_end", "customerImpactEnd"][..],
                "Customer impact ended",
                "impact_end",
            ),
            (EventKind::Resolved, &["resolved"][..], "Resolved", "resolved"),
        ];
        for (kind, paths, verb, phase) in milestones {
            let Some(at) = attributes.first_moment(paths) else { continue };
            let scope = attributes
                .first(&["customer_impact_scope", "customerImpactScope"])
                .filter(|_| phase == "impact_start");
            let text = scope.map_or_else(|| format!("{verb}: {title}"), |scope| format!("{verb}: {scope}"));
            out.emit(
                Entry::new("datadog", SourceClass::Memory, kind, Some(at))
                    .text(text)
                    .actor(person([attributes.str("commander/data/attributes/name")]))
                    .key(Some(format!("ddincident:{id}:{phase}")))
                    .thread(Some(format!("ddincident:{id}")))
                    .label("severity", field("severity"))
                    .label("status", field("state"))
                    .label("subtype", Some(phase)),
            );
        }
        if let (Some(cause), Some(at)) = (field("root_cause"), attributes.moment("modified")) {
            let entry = Entry::new("datadog", SourceClass::Memory, EventKind::Message, Some(at));
            out.emit(
                entry.text(format!("Root cause as entered: {cause}")).label("subtype", Some("root_cause")),
            );
        }
    }
}
