//! Histories as JSON lines (or one JSON array): one object for each incident.

use serde_json::Value;

use super::fields::{Record, record};
use crate::domain::Warning;

/// Calls `take` for each record and each line that cannot be one.
pub(super) fn read(text: &str, file: &str, mut take: impl FnMut(Result<Record, Warning>)) {
    if text.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<Value>>(text) {
            Ok(values) => {
                for (at, value) in values.iter().enumerate() {
                    take(object(value, file, at + 1));
                }
            }
            Err(error) => take(Err(Warning::new(file, error.line(), format!("skipped: not JSON: {error}")))),
        }
        return;
    }
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        take(match serde_json::from_str::<Value>(line) {
            Ok(value) => object(&value, file, at + 1),
            Err(error) => Err(Warning::new(file, at + 1, format!("skipped: not a JSON object: {error}"))),
        });
    }
}

fn object(value: &Value, file: &str, line: usize) -> Result<Record, Warning> {
    match value.as_object() {
        Some(object) => record(object, file, line),
        None => Err(Warning::new(file, line, "skipped: not a JSON object; a history has one object a line")),
    }
}
