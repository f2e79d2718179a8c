//! `integration_logs.json` of a Slack export: apps that were added, changed and removed.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct SlackIntegrations;
pub(super) static ENTRY: Json<SlackIntegrations> = Json(SlackIntegrations);

impl JsonSource for SlackIntegrations {
    fn id(&self) -> &'static str {
        "slack_integrations"
    }

    fn title(&self) -> &'static str {
        "Slack integration log"
    }

    fn describe(&self) -> &'static str {
        "integration_logs.json of an export: changes of apps and integrations."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        Confidence::Strong.when(item.has_all(&["change_type", "user_id"]) && item.names("date"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let app = item.first(&["app_type", "service_type"]).unwrap_or("an app");
        let change = item.str("change_type").unwrap_or("changed");
        out.emit(
            Entry::new("slack", SourceClass::Automated, EventKind::ConfigChange, item.moment("date"))
                .text(format!("Slack integration {change}: {app}"))
                .actor(
                    item.str("user_id")
                        .and_then(|id| out.file.directory.user(id).cloned())
                        .or_else(|| person([item.str("user_name"), item.str("user_id")])),
                )
                .label("subtype", Some("integration_log")),
        );
    }
}
