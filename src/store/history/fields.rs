//! From a loose JSON object to a past incident: the names that trackers and exports use for the same thing.

use serde_json::{Map, Value};

use super::date;
use crate::domain::{ActionItem, PastIncident, Warning};

const ID: &[&str] = &["id", "key", "number", "incident_id"];
const TITLE: &[&str] = &["title", "name", "subject", "headline"];
const TEXT: &[&str] = &["text", "body", "description", "content", "markdown"];
const DATE: &[&str] = &[
    "started_at",
    "date",
    "start",
    "started",
    "start_time",
    "occurred_at",
    "created_at",
    "created",
    "timestamp",
];
const SERVICES: &[&str] = &["services", "service", "components", "component"];
const REPEAT_OF: &[&str] = &["repeat_of"];
const DUPLICATE_OF: &[&str] = &["dup_of", "duplicate_of"];
/// Prose beside the text, with the heading it gets.
const MORE_PROSE: &[(&str, &str)] = &[
    ("summary", "Summary"),
    ("impact", "Impact"),
    ("trigger", "Trigger"),
    ("root_cause", "Root cause"),
    ("cause", "Cause"),
    ("detection", "Detection"),
    ("mitigation", "Mitigation"),
    ("resolution", "Resolution"),
];

/// An incident as read, with what belongs to its line.
pub(super) struct Record {
    pub(super) incident: PastIncident,
    pub(super) line: usize,
    pub(super) label: Option<String>,
    /// What the record is known to repeat: only for evaluation.
    pub(super) duplicate_of: Option<String>,
    pub(super) warnings: Vec<Warning>,
}

/// Reads one object; only an object without any words is refused.
pub(super) fn record(object: &Map<String, Value>, file: &str, line: usize) -> Result<Record, Warning> {
    let mut warnings = Vec::new();
    let mut warn = |message: String| warnings.push(Warning::new(file, line, message));
    let mut text = first(object, TEXT).and_then(words).unwrap_or_default();
    for (field, heading) in MORE_PROSE {
        if let Some(prose) = object.get(*field).and_then(words).filter(|prose| !text.contains(prose.as_str()))
        {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&format!("{heading}: {prose}"));
        }
    }
    let title = first(object, TITLE).and_then(words).unwrap_or_else(|| first_line(&text));
    if title.is_empty() && text.is_empty() {
        return Err(Warning::new(file, line, "skipped: the record has neither `title` nor `text`"));
    }
    let id = first(object, ID).and_then(words).unwrap_or_else(|| {
        let id = format!("{file}:{line}");
        warn(format!("has no `id`; it is called `{id}` here"));
        id
    });
    let dated = first(object, DATE);
    let date = dated.and_then(instant);
    if let (Some(value), None) = (dated, date) {
        warn(format!("the date {value} of `{id}` cannot be read; write it as 2026-03-01T12:00:00Z"));
    }
    let actions = object.get("actions").map_or_else(Vec::new, |value| {
        serde_json::from_value::<Vec<ActionItem>>(value.clone()).unwrap_or_else(|error| {
            warn(format!("the `actions` of `{id}` cannot be read: {error}"));
            Vec::new()
        })
    });
    let incident = PastIncident {
        id,
        title,
        text,
        date,
        services: first(object, SERVICES).map_or_else(Vec::new, names),
        severity: object.get("severity").and_then(words),
        actions,
        repeat_of: one_name(object, REPEAT_OF),
        path: file.to_owned(),
        order: 0,
    };
    let label = object.get("label").and_then(words);
    Ok(Record { incident, line, label, duplicate_of: one_name(object, DUPLICATE_OF), warnings })
}

fn first<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().filter_map(|name| object.get(*name)).find(|value| !is_empty(value))
}

fn one_name(object: &Map<String, Value>, fields: &[&str]) -> Option<String> {
    first(object, fields).and_then(|value| names(value).into_iter().next())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Text of a scalar, `None` when there is none.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().replace("\r\n", "\n")).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A list of names, or names in one string separated by commas or semicolons.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => {
            items.iter().filter_map(|item| words(item).or_else(|| item.get("name").and_then(words))).collect()
        }
        Value::String(text) => {
            text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
        }
        other => words(other).into_iter().collect(),
    }
}

fn instant(value: &Value) -> Option<jiff::Timestamp> {
    match value {
        Value::String(text) => date::parse(text),
        Value::Number(number) => number.as_f64().and_then(date::from_number),
        _ => None,
    }
}

fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().take(120).collect()
}
