//! Jenkins builds: `api/json` of a job or a build.

use jiff::SignedDuration;
use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Jenkins;
pub(super) static ENTRY: Json<Jenkins> = Json(Jenkins);

impl JsonSource for Jenkins {
    fn id(&self) -> &'static str {
        "jenkins"
    }

    fn title(&self) -> &'static str {
        "Jenkins"
    }

    fn describe(&self) -> &'static str {
        "api/json?tree=builds[number,result,timestamp,duration,url,fullDisplayName,actions[causes[userName]]] of a job."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["builds", "allBuilds"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        Confidence::Strong.when(
            item.has("timestamp")
                && item.names("duration")
                && item.names("result")
                && (item.names("number") || item.names("fullDisplayName")),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let start = item.moment("timestamp");
        let length = item
            .integer("duration")
            .filter(|length| *length > 0)
            .and_then(|length| i64::try_from(length).ok());
        let end = start
            .as_ref()
            .zip(length)
            .and_then(|(start, length)| start.plus(SignedDuration::from_millis(length)));
        let envelope = Value::Object(out.envelope.clone());
        let name = item.first(&["fullDisplayName", "displayName"]).map(str::to_owned);
        let job = envelope.first(&["fullName", "name", "displayName"]).map(str::to_owned);
        let name = name.or(job).unwrap_or_else(|| "build".to_owned());
        let number = item
            .text("number")
            .filter(|number| !name.contains(number.as_str()))
            .map(|number| format!(" #{number}"))
            .unwrap_or_default();
        let result = item.str("result").unwrap_or(if item.flag("building") { "BUILDING" } else { "unknown" });
        let deploys = ["deploy", "release", "rollout"].iter().any(|word| name.to_lowercase().contains(word));
        let by = item
            .list("actions")
            .iter()
            .flat_map(|action| action.list("causes"))
            .find_map(|cause| cause.first(&["userName", "userId"]));
        out.emit(
            Entry::new(
                "jenkins",
                SourceClass::Deploy,
                if deploys && result == "SUCCESS" { EventKind::Deploy } else { EventKind::Log },
                start,
            )
            .text(format!("{name}{number}: {}", result.to_lowercase()))
            .until(end)
            .actor(person([by]))
            .permalink(item.str("url"))
            .label("status", Some(result.to_lowercase()))
            .label("subtype", Some("build")),
        );
    }
}
