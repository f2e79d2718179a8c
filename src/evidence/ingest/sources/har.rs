//! HAR recordings of a browser: the JSON answers inside them, each read as whatever it is.

use serde_json::Value;

use crate::evidence::ingest::json::{Field, Json, JsonSource, dispatch};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Har;
pub(super) static ENTRY: Json<Har> = Json(Har);

/// Arrays in which answers keep their records.
const LISTS: [&str; 8] =
    ["data", "log_entries", "incidents", "events", "messages", "items", "value", "alerts"];

impl JsonSource for Har {
    fn id(&self) -> &'static str {
        "har"
    }

    fn title(&self) -> &'static str {
        "HAR recording"
    }

    fn describe(&self) -> &'static str {
        "A recording of a web page's requests; answers in JSON are read as if they had been saved one by one."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["log", "entries"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        Confidence::Certain.when(item.has_all(&["request/url", "response/content"]))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let Some(text) = item.str("response/content/text") else { return };
        let Ok(answer) = serde_json::from_str::<Value>(text) else { return };
        let lists = LISTS.iter().map(|name| answer.list(name)).filter(|list| !list.is_empty());
        let records: Vec<&Value> = match answer.as_array() {
            Some(items) => items.iter().collect(),
            None => lists.flatten().collect(),
        };
        if !dispatch(&answer, out, 0) {
            for record in records {
                dispatch(record, out, 1);
            }
        }
    }
}
