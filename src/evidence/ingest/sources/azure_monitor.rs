//! Azure: alerts in the common schema and the activity log.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct AzureMonitor;
pub(super) static ENTRY: Json<AzureMonitor> = Json(AzureMonitor);

fn alert(essentials: &Value, out: &mut Output<'_>) {
    let rule = essentials.str("alertRule").unwrap_or("alert");
    let told = essentials.str("description").map(|text| format!(": {text}")).unwrap_or_default();
    let id = essentials.first(&["originAlertId", "alertId"]);
    let service = essentials.at("configurationItems").and_then(|items| items.str("0"));
    let entry = |kind, path: &str, text: String| {
        Entry::new("azure", SourceClass::Alerting, kind, essentials.moment(path))
            .text(text)
            .thread(id.map(|id| format!("azure:{id}")))
            .service(service)
            .label("severity", essentials.str("severity"))
    };
    out.emit(entry(EventKind::AlertFired, "firedDateTime", format!("{rule}{told}")));
    if essentials.str("monitorCondition") == Some("Resolved") {
        out.emit(entry(EventKind::AlertResolved, "resolvedDateTime", format!("Resolved: {rule}")));
    }
}

fn activity(item: &Value, out: &mut Output<'_>) {
    let operation = item.first(&["operationName/localizedValue", "operationName/value", "operationName"]);
    let status = item.first(&["status/value", "status", "resultType"]).unwrap_or_default();
    let resource = item.first(&["resourceId", "resourceUri"]).map(|id| id.rsplit('/').next().unwrap_or(id));
    let caller = item.first(&["caller", "identity/claims/name"]);
    let changed = ["write", "delete", "action"].iter().any(|verb| {
        item.first(&["authorization/action", "operationName/value", "operationName"])
            .is_some_and(|action| action.to_lowercase().ends_with(verb))
    });
    let done = matches!(status, "Succeeded" | "Success" | "Accepted");
    let kind = if changed && done { EventKind::ConfigChange } else { EventKind::Log };
    let place = resource.map(|name| format!(" on {name}")).unwrap_or_default();
    out.emit(
        Entry::new("azure", SourceClass::Deploy, kind, item.first_moment(&["eventTimestamp", "time"]))
            .text(format!("{}{place}: {status}", operation.unwrap_or("operation")))
            .actor(person([caller]))
            .service(resource)
            .label("severity", item.str("level")),
    );
}

impl JsonSource for AzureMonitor {
    fn id(&self) -> &'static str {
        "azure_monitor"
    }

    fn title(&self) -> &'static str {
        "Azure alerts and activity log"
    }

    fn describe(&self) -> &'static str {
        "Payloads of the common alert schema, or az monitor activity-log list."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["value"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let alert = item.has("data/essentials/alertRule");
        let activity = item.has_all(&["eventTimestamp", "operationName"]);
        Confidence::Certain.when(alert || activity)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        match item.at("data/essentials") {
            Some(essentials) => alert(essentials, out),
            None => activity(item, out),
        }
    }
}
