//! Plain JSON records, `{timestamp, source, actor, text}` and what comes close to it.

use serde_json::Value;

use crate::evidence::ingest::generic::{Column, Row, column};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output, moment};

pub(super) struct Records;
pub(super) static ENTRY: Json<Records> = Json(Records);

/// The first member that has a role and a value.
fn member(item: &Value, role: Column) -> Option<String> {
    let members = item.as_object()?;
    let found = members.iter().filter(|(name, _)| column(name) == Some(role));
    found.map(|(name, _)| name).find_map(|name| match item.at(name)? {
        Value::Object(inner) => ["name", "display_name", "login", "email", "id"]
            .iter()
            .find_map(|key| inner.get(*key)?.as_str().map(str::to_owned)),
        _ => item.text(name),
    })
}

fn time(item: &Value) -> Option<String> {
    member(item, Column::Time).or_else(|| member(item, Column::Date))
}

impl JsonSource for Records {
    fn id(&self) -> &'static str {
        "records"
    }

    fn title(&self) -> &'static str {
        "JSON records"
    }

    fn describe(&self) -> &'static str {
        "JSON lines or an array of {timestamp, source, actor, text}; kind, severity, service and link are understood too."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["events", "records", "timeline", "entries", "items", "data", "results", "logs", "messages"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let canonical = item.names("timestamp") && item.names("text");
        let time = time(item).is_some_and(|text| moment::parse(&text).is_some());
        match (
            canonical && (item.names("source") || item.names("actor")),
            time && member(item, Column::Text).is_some(),
        ) {
            (true, _) => Confidence::Likely,
            (false, true) => Confidence::Weak,
            _ => Confidence::None,
        }
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let row = Row {
            moment: time(item).and_then(|text| moment::parse(&text)),
            text: member(item, Column::Text).unwrap_or_default(),
            actor: member(item, Column::Actor),
            source: member(item, Column::Source),
            kind: member(item, Column::Kind),
            severity: member(item, Column::Severity),
            service: member(item, Column::Service),
            link: member(item, Column::Link),
            thread: member(item, Column::Thread),
            measured: false,
        };
        out.emit(row.entry("records"));
    }
}
