//! Microsoft Teams messages from Graph, in its camel case and in the Pascal case of PowerShell exports.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::html;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Teams;
pub(super) static ENTRY: Json<Teams> = Json(Teams);

/// The object with its member names in camel case, down to the leaves.
fn camel(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let renamed = members.iter().map(|(name, inner)| {
                let mut letters = name.chars();
                let first = letters.next().map(|c| c.to_ascii_lowercase());
                (first.into_iter().chain(letters).collect(), camel(inner))
            });
            Value::Object(renamed.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(camel).collect()),
        other => other.clone(),
    }
}

fn actor(message: &Value) -> Option<Actor> {
    if let Some(user) = message.at("from/user") {
        return person([user.str("displayName"), user.str("id"), user.str("userPrincipalName")]);
    }
    let machine = message.at("from/application").or_else(|| message.at("from/device"))?;
    person([machine.str("displayName"), machine.str("id")]).map(|actor| Actor { bot: true, ..actor })
}

/// The words of adaptive and connector cards, which hide as JSON text in attachments.
fn cards(message: &Value) -> Vec<String> {
    let mut words = Vec::new();
    for attachment in message.list("attachments") {
        if let Some(card) =
            attachment.str("content").and_then(|text| serde_json::from_str::<Value>(text).ok())
        {
            card_words(&card, &mut words);
        } else if let Some(name) = attachment.str("name") {
            words.push(format!("[file: {name}]"));
        }
    }
    words
}

fn card_words(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                match inner {
                    Value::String(text)
                        if ["text", "title", "summary", "subtitle", "value"].contains(&name.as_str()) =>
                    {
                        let text = html::plain(text);
                        if !text.is_empty() && !words.contains(&text) {
                            words.push(text);
                        }
                    }
                    inner => card_words(inner, words),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| card_words(item, words)),
        _ => {}
    }
}

fn text(message: &Value) -> String {
    let body = message.first(&["body/content"]).unwrap_or_default();
    let mut parts = Vec::new();
    parts.extend(message.str("subject").map(str::to_owned));
    let is_html = message.str("body/contentType") != Some("text");
    let plain = if is_html { html::plain(&mentions(body)) } else { body.trim().to_owned() };
    if !plain.is_empty() {
        parts.push(plain);
    }
    parts.extend(cards(message));
    parts.join("\n")
}

/// `<at id="0">Name</at>` becomes `@Name`.
fn mentions(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(start) = rest.find("<at") {
        out.push_str(&rest[..start]);
        let after = &rest[start..];
        let named = after.starts_with("<at ") || after.starts_with("<at>");
        match after.find('>').filter(|_| named) {
            Some(end) => {
                out.push('@');
                rest = &after[end + 1..];
            }
            None => {
                out.push_str(&after[..3]);
                rest = &after[3..];
            }
        }
    }
    out.push_str(rest);
    out
}

impl JsonSource for Teams {
    fn id(&self) -> &'static str {
        "teams"
    }

    fn title(&self) -> &'static str {
        "Microsoft Teams"
    }

    fn describe(&self) -> &'static str {
        "Messages of a channel or chat from Microsoft Graph, with their replies, or exported through PowerShell."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["value", "Value", "messages"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let graph = item.has("createdDateTime") && (item.has("body") || item.names("messageType"));
        let pascal = item.has("CreatedDateTime") && (item.has("Body") || item.names("MessageType"));
        Confidence::Certain.when(graph || pascal)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let pascal;
        let message = if item.has("CreatedDateTime") {
            pascal = camel(item);
            &pascal
        } else {
            item
        };
        let kind = message.str("messageType").unwrap_or("message");
        let system = kind != "message" || message.first(&["body/content"]) == Some("<systemEventMessage/>");
        let id = message.text("id");
        let root =
            message.text("replyToId").or_else(|| id.clone().filter(|_| !message.list("replies").is_empty()));
        let mut words = text(message);
        if system {
            let event =
                message.str("eventDetail/@odata.type").or_else(|| message.str("eventDetail/@Odata.type"));
            let event = event.and_then(|name| name.rsplit('.').next()).unwrap_or("system event");
            words = event.trim_end_matches("EventMessageDetail").to_owned();
        }
        let deleted = message.has("deletedDateTime");
        if deleted && words.is_empty() {
            words = "This message was deleted.".to_owned();
        }
        let actor = actor(message);
        let moment = message.moment("createdDateTime");
        let author = actor.as_ref().map_or("", |actor| actor.name.as_str());
        let chat = moment.as_ref().and_then(|moment| chat_key(author, &words, &moment.when));
        if !words.is_empty() || moment.is_none() {
            out.emit(
                Entry::new("teams", SourceClass::Chat, EventKind::Message, moment)
                    .text(&words)
                    .actor(actor.clone())
                    .thread(root.map(|root| format!("teams:{root}")))
                    .key(id.map(|id| format!("teams:{id}")))
                    .label("channel", message.first(&["channelIdentity/channelId", "chatId"]))
                    .key(chat)
                    .permalink(message.str("webUrl"))
                    .label("edited", message.str("lastEditedDateTime").map(|_| "true"))
                    .label("importance", message.str("importance").filter(|level| *level != "normal"))
                    .label("subtype", system.then_some(kind).or(deleted.then_some("deleted"))),
            );
        }
        message.list("replies").iter().for_each(|reply| self.item(reply, out));
    }
}
