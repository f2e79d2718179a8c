//! OpenTelemetry logs as JSON (OTLP).

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, JsonSource, each};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct Otlp;
pub(super) static ENTRY: Otlp = Otlp;

/// The value of an attribute by its key.
fn attribute(list: &[Value], key: &str) -> Option<String> {
    any(list.iter().find(|pair| pair.str("key") == Some(key))?.at("value")?)
}

/// A value of any of OTLP's types; 64-bit numbers are texts.
fn any(value: &Value) -> Option<String> {
    ["stringValue", "intValue", "doubleValue", "boolValue"].iter().find_map(|kind| value.text(kind)).or_else(
        || {
            let inner = value.at("kvlistValue").or_else(|| value.at("arrayValue"))?;
            let named = |key: &str| attribute(inner.list("values"), key);
            named("message").or_else(|| named("msg")).or_else(|| Some(inner.to_string()))
        },
    )
}

fn resource(item: &Value, out: &mut Output<'_>) {
    let attributes = item.list("resource/attributes");
    let service = attribute(attributes, "service.name");
    for scope in item.list("scopeLogs").iter().chain(item.list("instrumentationLibraryLogs")) {
        for log in scope.list("logRecords").iter().chain(scope.list("logs")) {
            record(log, service.as_deref(), attributes, out);
        }
    }
}

fn record(log: &Value, service: Option<&str>, resource: &[Value], out: &mut Output<'_>) {
    // "0" or nothing means that the time is not known: then when it was observed.
    let moment = log.first_moment(&["timeUnixNano", "observedTimeUnixNano"]);
    let attributes = log.list("attributes");
    let level = log.str("severityText").map(str::to_owned).or_else(|| {
        let number = log.integer("severityNumber")?;
        Some(
            ["trace", "debug", "info", "warn", "error", "fatal"]
                .get((number.checked_sub(1)? / 4) as usize)?
                .to_string(),
        )
    });
    let level = level.map(|level| level.to_lowercase());
    if moment.as_ref().is_some_and(|moment| !out.keeps(&moment.when, level.as_deref())) {
        return;
    }
    out.emit(
        Entry::new("otlp", SourceClass::Automated, EventKind::Log, moment)
            .text(log.at("body").and_then(any).unwrap_or_default())
            .service(service)
            .label("severity", level)
            .label("trace", log.str("traceId"))
            .label("environment", attribute(resource, "deployment.environment"))
            .label("host", attribute(resource, "host.name"))
            .label("exception", attribute(attributes, "exception.message")),
    );
}

impl Source for Otlp {
    fn id(&self) -> &'static str {
        "otlp"
    }

    fn title(&self) -> &'static str {
        "OpenTelemetry logs"
    }

    fn describe(&self) -> &'static str {
        "OTLP logs as JSON, as the collector's file exporter writes them."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let samples = head.samples(&["resourceLogs"]);
        Confidence::Certain.when(samples.iter().any(|item| {
            item.has("scopeLogs") || item.has("instrumentationLibraryLogs") || item.has("resourceLogs")
        }))
    }

    fn read(&self, input: &mut dyn std::io::BufRead, _: &FileContext<'_>, out: &mut Output<'_>) {
        each(input, &["resourceLogs"], out, resource);
    }

    fn is_bulk(&self) -> bool {
        true
    }

    fn json(&self) -> Option<&dyn JsonSource> {
        None
    }
}
