//! Plain JSON records, `{timestamp, source, actor, text}` and what comes close to it.

use serde_json::Value;

use crate::domain::{Precision, SourceClass};
use crate::evidence::ingest::entry::{Entry, machine, person};
use crate::evidence::ingest::generic::{Column, Row, column, names_time};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::Moment;
use crate::evidence::ingest::wording::wording;
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

/// The time of a record: the member named so, a date beside a time of day, else the first member that is named like a
/// time or holds one.
fn time(item: &Value) -> Option<Moment> {
    let (time, date) = (member(item, Column::Time), member(item, Column::Date));
    let known = match (&date, &time) {
        (Some(date), Some(time)) => moment::parse(time).or_else(|| moment::parse(&format!("{date} {time}"))),
        (None, Some(time)) => moment::parse(time),
        (Some(date), None) => moment::parse(date),
        (None, None) => None,
    };
    known.or_else(|| {
        let members = item.as_object()?;
        let read = |name: &String| moment::parse(&item.text(name)?);
        let named = members.keys().filter(|name| names_time(name)).find_map(read);
        named.or_else(|| {
            let written = members.iter().filter(|(_, value)| value.is_string()).map(|(name, _)| name);
            written.filter_map(read).find(|moment| moment.precision != Precision::Day)
        })
    })
}

/// Every scalar that is no time, also one level down, by name.
fn scalars(item: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, value) in item.as_object().into_iter().flatten() {
        match value {
            Value::Object(inner) => {
                let told = inner.keys().filter_map(|key| Some((format!("{name}.{key}"), value.text(key)?)));
                found.extend(told);
            }
            _ => found.extend(item.text(name).map(|text| (name.clone(), text))),
        }
    }
    let is_time = |name: &str, value: &str| {
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        moment::parse(value).is_some() && (!digits || names_time(name) || column(name) == Some(Column::Time))
    };
    found.retain(|(name, value)| !is_time(name, value));
    found
}

/// A record that has no text of its own: its members in words.
fn worded(item: &Value, out: &mut Output<'_>) {
    let Some(told) = wording(&scalars(item)) else { return out.tally("no text", out.position()) };
    let actor = member(item, Column::Actor).filter(|_| !item.names("from") || item.names("actor"));
    let name = actor.as_deref();
    let actor = if told.class == SourceClass::Deploy { person([name]) } else { machine(name) };
    out.emit(
        Entry::new(out.file.stem(), told.class, told.kind, time(item))
            .text(told.text)
            .actor(actor)
            .service(member(item, Column::Service))
            .permalink(member(item, Column::Link))
            .thread(member(item, Column::Thread))
            .label("environment", item.text("environment").or_else(|| item.text("env"))),
    );
}

impl JsonSource for Records {
    fn id(&self) -> &'static str {
        "records"
    }

    fn title(&self) -> &'static str {
        "JSON records"
    }

    fn describe(&self) -> &'static str {
        "JSON lines or an array of {timestamp, source, actor, text}; kind, severity, service and link are understood too; without a text the members are put into words."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["events", "records", "timeline", "entries", "items", "data", "results", "logs", "messages"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let canonical = item.names("timestamp") && item.names("text");
        let text = member(item, Column::Text).is_some();
        match (canonical && (item.names("source") || item.names("actor")), time(item).is_some()) {
            (true, _) => Confidence::Likely,
            (false, true) if text => Confidence::Weak,
            (false, true) => Confidence::Fallback.when(wording(&scalars(item)).is_some()),
            _ => Confidence::None,
        }
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let Some(text) = member(item, Column::Text) else { return worded(item, out) };
        let row = Row {
            moment: time(item),
            text,
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
