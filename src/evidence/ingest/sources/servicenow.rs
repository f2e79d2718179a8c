//! ServiceNow incidents and journal entries; times are UTC through the API, in the user's zone in exports.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::When;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::Moment;
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct ServiceNow;
pub(super) static ENTRY: Json<ServiceNow> = Json(ServiceNow);

/// A field: a text, or a reference with display value, value and link.
fn field(item: &Value, name: &str) -> Option<String> {
    item.text(name)
        .or_else(|| item.text(&format!("{name}/display_value")))
        .or_else(|| item.text(&format!("{name}/value")))
}

/// API values are UTC without saying so.
fn moment(item: &Value, name: &str) -> Option<Moment> {
    let found = item.moment(name).or_else(|| item.moment(&format!("{name}/value")))?;
    Some(match found.when {
        When::Local(at) => Moment::civil(at, found.precision, Some("UTC".to_owned())),
        _ => found,
    })
}

impl JsonSource for ServiceNow {
    fn id(&self) -> &'static str {
        "servicenow"
    }

    fn title(&self) -> &'static str {
        "ServiceNow"
    }

    fn describe(&self) -> &'static str {
        "GET /api/now/table/incident and sys_journal_field (values, not display values, so that times are UTC)."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["result", "records"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let incident = item.names("opened_at") && (item.names("short_description") || item.names("sys_id"));
        let journal = item.has_all(&["sys_created_on", "value"]) && item.names("element");
        Confidence::Certain.when(incident || journal)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("element") {
            let entry = Entry::new(
                "servicenow",
                SourceClass::Chat,
                EventKind::Message,
                moment(item, "sys_created_on"),
            );
            let thread = item.text("element_id").map(|id| format!("servicenow:{id}"));
            return out.emit(
                entry
                    .text(field(item, "value").unwrap_or_default())
                    .actor(person([item.str("sys_created_by")]))
                    .thread(thread),
            );
        }
        let number = field(item, "number").unwrap_or_default();
        let title = field(item, "short_description").unwrap_or_default();
        let entry = |kind, name: &str, text: String, who: &str| {
            Entry::new("servicenow", SourceClass::Alerting, kind, moment(item, name))
                .text(text)
                .actor(person([field(item, who).as_deref()]))
                .key(Some(format!("servicenow:{number}:{name}")))
                .thread(field(item, "sys_id").map(|id| format!("servicenow:{id}")))
                .service(field(item, "cmdb_ci").or_else(|| field(item, "business_service")))
                .label("severity", field(item, "priority"))
                .label("ticket", Some(number.as_str()))
        };
        let description = field(item, "description")
            .filter(|text| *text != title)
            .map(|text| format!(" · {text}"))
            .unwrap_or_default();
        out.emit(entry(
            EventKind::Declared,
            "opened_at",
            format!("{number} opened: {title}{description}"),
            "opened_by",
        ));
        if moment(item, "resolved_at").is_some() {
            let notes = field(item, "close_notes").map(|text| format!(" · {text}")).unwrap_or_default();
            out.emit(entry(
                EventKind::Resolved,
                "resolved_at",
                format!("{number} resolved: {title}{notes}"),
                "resolved_by",
            ));
        }
        if moment(item, "closed_at").is_some() {
            out.emit(entry(EventKind::Log, "closed_at", format!("{number} closed: {title}"), "closed_by"));
        }
    }
}
