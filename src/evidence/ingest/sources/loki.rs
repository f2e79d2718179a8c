//! Loki: answers of `query_range`, what clients push, and `logcli -o jsonl`.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Loki;
pub(super) static ENTRY: Json<Loki> = Json(Loki);

/// The first label of several names.
fn label<'a>(labels: &'a Value, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| labels.get(*name)?.as_str())
}

/// The words of a line, which may be JSON of a logger, and the level that it names.
fn words(line: &str) -> (String, Option<String>) {
    let inner =
        line.trim_start().starts_with('{').then(|| serde_json::from_str::<Value>(line).ok()).flatten();
    match inner {
        Some(inner) => (
            inner.first(&["message", "msg", "body", "log", "event"]).unwrap_or(line).to_owned(),
            inner.first(&["level", "severity", "lvl"]).map(str::to_owned),
        ),
        None => (line.trim_end().to_owned(), None),
    }
}

fn line(labels: &Value, moment: Option<Moment>, line: &str, out: &mut Output<'_>) {
    let (text, level) = words(line);
    let level = label(labels, &["detected_level", "level", "severity"]).map(str::to_owned).or(level);
    let level = level.map(|level| level.to_lowercase());
    if moment.as_ref().is_some_and(|moment| !out.keeps(&moment.when, level.as_deref())) {
        return;
    }
    let service = label(labels, &["service_name", "app", "service", "job", "container"]);
    out.emit(
        Entry::new("loki", SourceClass::Automated, EventKind::Log, moment)
            .text(text)
            .service(service)
            .label("severity", level)
            .label("host", label(labels, &["host", "pod", "instance", "node_name"]))
            .label("namespace", label(labels, &["namespace", "k8s_namespace_name"])),
    );
}

impl JsonSource for Loki {
    fn id(&self) -> &'static str {
        "loki"
    }

    fn title(&self) -> &'static str {
        "Loki"
    }

    fn describe(&self) -> &'static str {
        "GET /loki/api/v1/query_range with streams, or logcli query -o jsonl; labels give service and level."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["data", "result", "streams"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let stream = item.at("stream").is_some_and(Value::is_object) && item.at("values").is_some();
        let pushed = item.names("labels") && item.at("entries").is_some_and(Value::is_array);
        let printed = item.at("labels").is_some_and(Value::is_object) && item.has_all(&["line", "timestamp"]);
        Confidence::Certain.when(stream || pushed || printed)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let labels = item.at("stream").or_else(|| item.at("labels")).unwrap_or(&Value::Null);
        for pair in item.list("values") {
            let moment = pair.text("0").and_then(|at| moment::parse(&at));
            line(labels, moment, pair.str("1").unwrap_or_default(), out);
        }
        for entry in item.list("entries") {
            line(labels, entry.moment("ts"), entry.str("line").unwrap_or_default(), out);
        }
        if let Some(text) = item.str("line") {
            line(labels, item.moment("timestamp"), text, out);
        }
    }
}
