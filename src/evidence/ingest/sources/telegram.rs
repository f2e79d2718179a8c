//! Telegram Desktop's export of a chat as JSON.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Telegram;
pub(super) static ENTRY: Json<Telegram> = Json(Telegram);

/// Text is a string, or pieces of which links, mentions and code are objects.
fn words(item: &Value) -> String {
    match item.at("text") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(pieces)) => {
            pieces.iter().filter_map(|piece| piece.as_str().or_else(|| piece.str("text"))).collect()
        }
        _ => String::new(),
    }
}

impl JsonSource for Telegram {
    fn id(&self) -> &'static str {
        "telegram"
    }

    fn title(&self) -> &'static str {
        "Telegram"
    }

    fn describe(&self) -> &'static str {
        "result.json of Export chat history in Telegram Desktop; its dates are local, its date_unixtime is not."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["messages", "chats", "list"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let typed = matches!(item.str("type"), Some("message" | "service"));
        let said = item.names("text") && (item.names("from") || item.names("from_id") || item.names("actor"));
        Confidence::Certain.when(typed && item.has_all(&["id", "date"]) && said)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let service = item.str("type") == Some("service");
        let mut text = words(item);
        if text.is_empty() {
            let what = item
                .first(&["file_name", "media_type", "file"])
                .or_else(|| item.has("photo").then_some("photo"));
            text = what.map(|what| format!("[file] {what}")).unwrap_or_default();
        }
        if service {
            text = item.str("action").unwrap_or("service").replace('_', " ");
        }
        let names = [item.first(&["from", "actor"]), item.first(&["from_id", "actor_id"])];
        let moment = item.first_moment(&["date_unixtime", "date"]);
        let chat =
            moment.as_ref().and_then(|moment| chat_key(names[0].unwrap_or_default(), &text, &moment.when));
        out.emit(
            Entry::new("telegram", SourceClass::Chat, EventKind::Message, moment)
                .text(text)
                .actor(person(names))
                .key(chat)
                .label("channel", out.envelope.get("name").and_then(Value::as_str))
                .label("edited", item.str("edited"))
                .label("subtype", service.then_some("notice")),
        );
    }
}
