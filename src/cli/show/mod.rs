//! How results look: one file per kind of result.

pub mod decisions;
pub mod draft;
pub mod eval;
pub mod eval_draft;
pub mod history;
pub mod lint;
pub mod patterns;
pub mod similar;
pub mod timeline;

use serde::Serialize;

/// Pretty JSON with a final line break.
#[must_use]
pub fn json<T: Serialize>(value: &T) -> String {
    // Our own types hold no maps with keys that JSON cannot write.
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}

/// One line of JSON lines.
#[must_use]
pub fn json_line<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).map(|text| text + "\n").unwrap_or_default()
}
