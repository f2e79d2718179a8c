//! Google Chat: messages.json of Takeout and `spaces.messages.list`.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct GoogleChat;
pub(super) static ENTRY: Json<GoogleChat> = Json(GoogleChat);

impl JsonSource for GoogleChat {
    fn id(&self) -> &'static str {
        "google_chat"
    }

    fn title(&self) -> &'static str {
        "Google Chat"
    }

    fn describe(&self) -> &'static str {
        "messages.json of a space out of Takeout, or GET /v1/spaces/…/messages."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["messages"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let takeout = item.has("creator") && item.has("created_date");
        let api = item.has("createTime") && item.str("name").is_some_and(|name| name.starts_with("spaces/"));
        Confidence::Certain.when(takeout || api && item.has("sender"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let names = [
            item.first(&["creator/name", "sender/displayName", "sender/name"]),
            item.str("creator/email"),
            item.str("sender/name"),
        ];
        let bot = item
            .first(&["creator/user_type", "sender/type"])
            .is_some_and(|kind| kind.eq_ignore_ascii_case("bot"));
        let text = item.first(&["text", "argumentText", "formattedText"]).unwrap_or_default();
        let moment = item.first_moment(&["createTime", "created_date"]);
        let chat =
            moment.as_ref().and_then(|moment| chat_key(names[0].unwrap_or_default(), text, &moment.when));
        let id = item.str("message_id").or_else(|| item.str("name"));
        out.emit(
            Entry::new("google_chat", SourceClass::Chat, EventKind::Message, moment)
                .text(text)
                .actor(person(names).map(|actor| Actor { bot, ..actor }))
                .thread(item.first(&["thread/name", "topic_id"]).map(|id| format!("google_chat:{id}")))
                .key(id.map(|id| format!("google_chat:{id}")))
                .key(chat),
        );
    }
}
