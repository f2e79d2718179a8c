//! Zulip: archives by topic, answers of its API, and the tables of its official export.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Zulip;
pub(super) static ENTRY: Json<Zulip> = Json(Zulip);

/// A part of a path in Zulip's encoding: percent signs written as dots, `.20` for a space.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| matches!(first, b'.' | b'%')) {
            Some(code) => {
                bytes.push(code);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Stream and topic stand in the path alone when messages do not name them.
fn place(item: &Value, path: &str) -> (String, String) {
    let stream = item.str("display_recipient").map(str::to_owned).or_else(|| item.text("recipient"));
    let topic = item.str("subject").map(str::to_owned);
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default().trim_end_matches(".json");
    let folder = parts.next().unwrap_or_default();
    (stream.unwrap_or_else(|| decoded(folder)), topic.unwrap_or_else(|| decoded(file)))
}

impl JsonSource for Zulip {
    fn id(&self) -> &'static str {
        "zulip"
    }

    fn title(&self) -> &'static str {
        "Zulip"
    }

    fn describe(&self) -> &'static str {
        "A topic of an archive, GET /messages, or messages-000001.json of an export."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["messages", "zerver_message"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let message = item.has_all(&["timestamp", "content"])
            && (item.names("sender_full_name") || item.names("sender_email"));
        let export = item.has_all(&["date_sent", "content", "sender"]);
        Confidence::Certain.when(message || export)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let (stream, topic) = place(item, &out.file.path);
        let stream = out.file.directory.channel_name(&stream).map_or(stream.clone(), str::to_owned);
        let text = html::plain(item.str("content").unwrap_or_default());
        let moment = item.first_moment(&["timestamp", "date_sent"]);
        let known = item.text("sender").and_then(|id| out.file.directory.user(&id).cloned());
        let sender = item.text("sender");
        let bot = item.str("sender_email").is_some_and(|mail| mail.contains("-bot@"));
        let bot = bot || known.as_ref().is_some_and(|actor| actor.bot);
        let actor = known
            .or_else(|| person([item.str("sender_full_name"), sender.as_deref(), item.str("sender_email")]));
        let name = actor.as_ref().map_or("", |actor| actor.name.as_str());
        let chat = moment.as_ref().and_then(|moment| chat_key(name, &text, &moment.when));
        out.emit(
            Entry::new("zulip", SourceClass::Chat, EventKind::Message, moment)
                .text(text)
                .actor(actor.clone().map(|actor| Actor { bot, ..actor }))
                .thread(Some(format!("zulip:{stream}/{topic}")))
                .key(item.text("id").map(|id| format!("zulip:{id}")))
                .key(chat)
                .label("channel", Some(stream))
                .label("topic", Some(topic)),
        );
    }
}
