//! Spinnaker: executions of pipelines, from Gate or as Echo sends them.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, change_kind, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Spinnaker;
pub(super) static ENTRY: Json<Spinnaker> = Json(Spinnaker);

impl JsonSource for Spinnaker {
    fn id(&self) -> &'static str {
        "spinnaker"
    }

    fn title(&self) -> &'static str {
        "Spinnaker"
    }

    fn describe(&self) -> &'static str {
        "GET /applications/…/pipelines of Gate or the events of Echo; a pipeline that deploys and succeeded is a deploy."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let run = item.at("content/execution").unwrap_or(item);
        let timed = run.has("buildTime") || run.has("startTime");
        Confidence::Certain.when(run.has_all(&["application", "status", "trigger"]) && timed)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let run = item.at("content/execution").unwrap_or(item);
        let name = run.str("name").unwrap_or("pipeline");
        let application = run.str("application").unwrap_or_default();
        let status = run.str("status").unwrap_or_default();
        let deploys = name.to_lowercase().contains("deploy")
            || run
                .list("stages")
                .iter()
                .any(|stage| stage.str("type").is_some_and(|kind| kind.to_lowercase().contains("deploy")));
        let done = deploys && status == "SUCCEEDED";
        let kind = if done { change_kind(name, EventKind::Deploy) } else { EventKind::Log };
        out.emit(
            Entry::new("spinnaker", SourceClass::Deploy, kind, run.first_moment(&["startTime", "buildTime"]))
                .text(format!(
                    "Pipeline {name} of {application}: {}",
                    status.to_lowercase().replace('_', " ")
                ))
                .until(run.moment("endTime"))
                .actor(person([run.first(&["trigger/user", "authentication/user"])]))
                .key(run.str("id").map(|id| format!("spinnaker:{id}")))
                .service(Some(application))
                .label("status", Some(status)),
        );
    }
}
