//! YAML as `kubectl -o yaml` prints it, read as the JSON that it stands for.

use serde_json::Value;

/// Whether the text begins as documents of Kubernetes do, or as a list of mappings.
#[must_use]
pub(super) fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.find(|line| *line != "---").unwrap_or_default();
    let key = first.strip_prefix("- ").unwrap_or(first).split_once(':').map(|(key, _)| key);
    key.is_some_and(|key| {
        matches!(key, "apiVersion" | "items" | "kind" | "metadata" | "count" | "involvedObject")
    })
}

/// All documents of the text.
///
/// # Errors
/// The parser's reason with line and column.
pub(super) fn documents(text: &str) -> Result<Vec<Value>, String> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: 8_000_000, max_events: 16_000_000, max_documents: 100_000 },
    };
    let found: Vec<Option<Value>> =
        serde_saphyr::from_multiple_with_options(text, options).map_err(|error| error.to_string())?;
    Ok(found.into_iter().flatten().filter(|value| value.is_object() || value.is_array()).collect())
}

/// The documents at the beginning of a text that may be cut off: up to the last item or document that is whole.
#[must_use]
pub(super) fn beginning(text: &str, cut: bool) -> Vec<Value> {
    let whole = if cut {
        text.rfind("\n- ").or_else(|| text.rfind("\n---")).unwrap_or(text.len())
    } else {
        text.len()
    };
    documents(&text[..whole]).unwrap_or_default()
}
