//! How results look: one file per kind of result.

use serde::Serialize;

/// Pretty JSON with a final line break.
#[must_use]
pub fn json<T: Serialize>(value: &T) -> String {
    // Our own types hold no maps with keys that JSON cannot write.
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}
