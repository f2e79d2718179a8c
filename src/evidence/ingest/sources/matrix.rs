//! Matrix rooms: Element's export, `/messages`, `/sync`.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Matrix;
pub(super) static ENTRY: Json<Matrix> = Json(Matrix);

/// The words of a message without the quote of what it answers.
fn words(content: &Value) -> String {
    let body = content.first(&["m.new_content/body", "body"]).unwrap_or_default();
    if !content.has("m.relates_to/m.in_reply_to") {
        return body.to_owned();
    }
    let said: Vec<&str> = body.lines().skip_while(|line| line.starts_with('>')).collect();
    said.join("\n").trim().to_owned()
}

impl JsonSource for Matrix {
    fn id(&self) -> &'static str {
        "matrix"
    }

    fn title(&self) -> &'static str {
        "Matrix"
    }

    fn describe(&self) -> &'static str {
        "Export chat as JSON in Element, or GET /rooms/…/messages; reactions and memberships are left out."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["messages", "chunk", "events", "timeline"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let typed = item.str("type").is_some_and(|kind| kind.starts_with("m."));
        let sent = item.str("sender").is_some_and(|id| id.starts_with('@')) && item.has("origin_server_ts");
        Confidence::Certain.when(typed && sent && item.has("content"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let Some(content) = item.at("content").filter(|_| item.str("type") == Some("m.room.message")) else {
            let kind = item.str("type").unwrap_or_default();
            let reason = if kind == "m.room.encrypted" {
                "an encrypted message; export the room in Element instead"
            } else {
                "a reaction, a membership or a setting of the room"
            };
            return out.aside(reason, out.position());
        };
        let sender = item.str("sender").unwrap_or_default();
        let local = sender.trim_start_matches('@').split(':').next().unwrap_or(sender);
        let text = match content.str("msgtype") {
            Some("m.image" | "m.file" | "m.video" | "m.audio") => format!("[file] {}", words(content)),
            _ if content.str("body").is_none() => {
                html::plain(content.str("formatted_body").unwrap_or_default())
            }
            _ => words(content),
        };
        let moment = item.moment("origin_server_ts");
        let chat = moment.as_ref().and_then(|moment| chat_key(local, &text, &moment.when));
        let edited = content.str("m.relates_to/rel_type") == Some("m.replace");
        let thread = (content.str("m.relates_to/rel_type") == Some("m.thread"))
            .then(|| content.str("m.relates_to/event_id"))
            .flatten();
        let bot = content.str("msgtype") == Some("m.notice");
        out.emit(
            Entry::new("matrix", SourceClass::Chat, EventKind::Message, moment)
                .text(text)
                .actor(person([Some(local), Some(sender)]).map(|actor| Actor { bot, ..actor }))
                .key(item.str("event_id").map(|id| format!("matrix:{id}")))
                .key(chat)
                .thread(thread.map(|id| format!("matrix:{id}")))
                .label("channel", item.str("room_id"))
                .label("edited", edited.then_some("true")),
        );
    }
}
