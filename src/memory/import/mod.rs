//! Incidents out of what other tools export: statuspages, pagers, incident managers, tables, old Markdown.
//!
//! Nothing is invented: a field that an export does not have stays empty and is listed as missing.

mod markdown;
mod record;
mod table;

use serde_json::Value;

use crate::document::Postmortem;
use crate::domain::Warning;
use record::Record;

/// One tool whose JSON is understood.
pub trait Export: Sync {
    /// The tool, as front matter names it.
    fn name(&self) -> &'static str;
    /// Whether this object is one of its incidents.
    fn recognises(&self, item: &Value) -> bool;
    /// Reads the incident; `around` holds everything of the same file, for exports that keep events beside incidents.
    fn read(&self, item: &Value, around: &[Value]) -> Record;
}

register! {
    /// In the order in which they are asked; the last one takes any record with a title.
    dyn Export: statuspage, google_status, pagerduty, incident_io, firehydrant, rootly, generic
}

/// One incident as a postmortem.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The tool it came from.
    pub source: &'static str,
    /// What the tool calls it.
    pub reference: String,
    pub postmortem: Postmortem,
    /// Fields that the export does not have.
    pub missing: Vec<&'static str>,
}

/// The incidents of one file, recognised by its content and, for text, its ending; what cannot be used is a warning.
#[must_use]
pub fn import(text: &str, file: &str) -> (Vec<Imported>, Vec<Warning>) {
    let text = text.trim_start_matches('\u{feff}');
    let ending = file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    match ending.as_str() {
        "md" | "markdown" | "txt" => (markdown::read(text, file).into_iter().collect(), Vec::new()),
        "csv" | "tsv" => table::read(text, file),
        _ if text.trim_start().starts_with(['{', '[']) => json(text, file),
        _ => (Vec::new(), vec![Warning::new(file, None, "skipped: neither JSON, CSV nor Markdown")]),
    }
}

fn json(text: &str, file: &str) -> (Vec<Imported>, Vec<Warning>) {
    let (values, mut warnings) = values(text, file);
    let items: Vec<Value> = values.into_iter().flat_map(unwrapped).collect();
    let mut found = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if record::is_maintenance(item) {
            let message = format!("skipped: record {} is planned maintenance, no incident", at + 1);
            warnings.push(Warning::new(file, None, message));
            continue;
        }
        match ALL.iter().find(|export| export.recognises(item)) {
            Some(export) => found.push(export.read(item, &items).imported(export.name())),
            None if is_beside(item) => {}
            None => {
                let message = format!("skipped: record {} is no incident of a known export", at + 1);
                warnings.push(Warning::new(file, None, message));
            }
        }
    }
    if found.is_empty() && warnings.is_empty() {
        warnings.push(Warning::new(file, None, "skipped: it holds no incident"));
    }
    (found, warnings)
}

/// The JSON values of a file: one, or one a line.
fn values(text: &str, file: &str) -> (Vec<Value>, Vec<Warning>) {
    let whole = match serde_json::from_str(text) {
        Ok(value) => return (vec![value], Vec::new()),
        Err(error) => error,
    };
    let lines: Vec<(usize, Result<Value, _>)> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| (at + 1, serde_json::from_str(line)))
        .collect();
    if lines.iter().all(|(_, read)| read.is_err()) {
        return (Vec::new(), vec![Warning::new(file, whole.line(), format!("skipped: not JSON: {whole}"))]);
    }
    let (mut values, mut warnings) = (Vec::new(), Vec::new());
    for (line, read) in lines {
        match read {
            Ok(value) => values.push(value),
            Err(error) => warnings.push(Warning::new(file, line, format!("skipped: not JSON: {error}"))),
        }
    }
    (values, warnings)
}

/// The records inside the wrapper that list endpoints put around them.
fn unwrapped(value: Value) -> Vec<Value> {
    const WRAPPERS: [&str; 5] = ["incidents", "incident", "data", "results", "items"];
    match value {
        Value::Array(items) => items.into_iter().flat_map(unwrapped).collect(),
        Value::Object(mut object) => {
            let is_record = object.contains_key("title") || object.contains_key("attributes");
            let inner = WRAPPERS.iter().find(|name| {
                !is_record && object.get(**name).is_some_and(|inner| inner.is_array() || inner.is_object())
            });
            match inner.and_then(|name| object.remove(*name)) {
                Some(inner) => unwrapped(inner),
                None => vec![Value::Object(object)],
            }
        }
        other => vec![other],
    }
}

/// Events that some exports list beside their incidents.
fn is_beside(item: &Value) -> bool {
    item.get("type").and_then(Value::as_str).is_some_and(|kind| kind != "incidents")
        && item.get("attributes").is_some()
}

#[cfg(test)]
mod tests;
