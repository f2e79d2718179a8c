//! Channels exported by DiscordChatExporter as JSON.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output, moment};

pub(super) struct Discord;
pub(super) static ENTRY: Json<Discord> = Json(Discord);

fn author(value: Option<&Value>) -> Option<Actor> {
    let value = value?;
    let names = [
        value.str("nickname"),
        value.str("global_name"),
        value.first(&["name", "username"]),
        value.str("id"),
    ];
    let bot = value.flag("isBot") || value.flag("bot");
    person(names).map(|actor| Actor { bot, ..actor })
}

/// Content, embeds and files in reading order.
fn text(item: &Value) -> String {
    let mut parts: Vec<String> = item.str("content").map(str::to_owned).into_iter().collect();
    for embed in item.list("embeds") {
        let mut words: Vec<String> =
            ["title", "description"].iter().filter_map(|name| embed.str(name)).map(str::to_owned).collect();
        words.extend(embed.list("fields").iter().map(|field| {
            format!("{}: {}", field.str("name").unwrap_or_default(), field.text("value").unwrap_or_default())
        }));
        let words = words.join("\n");
        if !words.is_empty() && !parts.iter().any(|part| part.contains(&words)) {
            parts.push(words);
        }
    }
    let files = item.list("attachments").iter().filter_map(|file| file.first(&["fileName", "filename"]));
    parts.extend(files.map(|name| format!("[file: {name}]")));
    parts.join("\n")
}

/// Raw mentions `<@123>` become names as far as the message names them.
fn mentions(text: &str, item: &Value) -> String {
    let mut text = text.to_owned();
    for user in item.list("mentions") {
        if let (Some(id), Some(name)) = (user.str("id"), user.first(&["nickname", "name", "username"])) {
            text = text
                .replace(&format!("<@{id}>"), &format!("@{name}"))
                .replace(&format!("<@!{id}>"), &format!("@{name}"));
        }
    }
    text
}

/// A row of the exporter's CSV: `AuthorID,Author,Date,Content,Attachments,Reactions`.
fn row(item: &Value, out: &mut Output<'_>) {
    let files = item.str("Attachments").into_iter().flat_map(|links| links.split(','));
    let files = files
        .filter_map(|link| link.rsplit('/').next()?.split('?').next())
        .map(|name| format!("[file: {name}]"));
    let text: Vec<String> = item.str("Content").map(str::to_owned).into_iter().chain(files).collect();
    let name = item.str("Author").map(|name| name.strip_suffix("#0000").unwrap_or(name));
    out.emit(
        Entry::new("discord", SourceClass::Chat, EventKind::Message, item.moment("Date"))
            .text(text.join("\n"))
            .actor(person([name, item.str("AuthorID")]))
            .label("reactions", item.str("Reactions")),
    );
}

/// Marks of Discord's mark-up: `<:fire:1>`, `<t:1718010000:R>`, `<#300>`.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let end = after.find(['>', '<', ' ']).filter(|end| after[*end..].starts_with('>'));
        let shown = end.and_then(|end| mark(&after[..end]).map(|shown| (shown, end)));
        match shown {
            Some((shown, end)) => {
                out.push_str(&shown);
                rest = &after[end + 1..];
            }
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn mark(inside: &str) -> Option<String> {
    if let Some(emoji) = inside.strip_prefix("a:").or_else(|| inside.strip_prefix(':')) {
        return Some(format!(":{}:", emoji.split_once(':')?.0));
    }
    if let Some(time) = inside.strip_prefix("t:") {
        return Some(moment::parse(time.split(':').next()?)?.at()?.to_string());
    }
    inside.starts_with(['#', '@']).then(|| inside.to_owned())
}

impl JsonSource for Discord {
    fn id(&self) -> &'static str {
        "discord"
    }

    fn title(&self) -> &'static str {
        "Discord"
    }

    fn describe(&self) -> &'static str {
        "DiscordChatExporter's JSON or CSV of a channel, or messages from Discord's API."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["messages"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let snowflake =
            item.str("id").is_some_and(|id| id.len() >= 15 && id.bytes().all(|byte| byte.is_ascii_digit()));
        let named = item.has("author/name") || item.has("author/username");
        let row = item.has_all(&["AuthorID", "Author", "Date"]);
        Confidence::Certain.when(row || snowflake && named && item.has("timestamp") && item.names("content"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("AuthorID") {
            return row(item, out);
        }
        let text = plain(&mentions(&text(item), item));
        let actor = author(item.at("author"));
        let moment = item.moment("timestamp");
        let name = actor.as_ref().map_or("", |actor| actor.name.as_str());
        let chat = moment.as_ref().and_then(|moment| chat_key(name, &text, &moment.when));
        let envelope = Value::Object(out.envelope.clone());
        let channel = envelope.str("channel/id").or_else(|| item.str("channel_id")).map(str::to_owned);
        let channel_name = envelope.str("channel/name").map(str::to_owned);
        let guild = envelope.str("guild/id").map(str::to_owned);
        let id = item.text("id").unwrap_or_default();
        let link = guild
            .zip(channel.clone())
            .map(|(guild, channel)| format!("https://discord.com/channels/{guild}/{channel}/{id}"));
        let kind = item.text("type").filter(|kind| kind != "Default" && kind != "0");
        let root = item
            .first(&["reference/messageId", "message_reference/message_id"])
            .map(|root| format!("discord:{root}"));
        let text = if text.is_empty() { kind.clone().unwrap_or_default() } else { text };
        out.emit(
            Entry::new("discord", SourceClass::Chat, EventKind::Message, moment)
                .text(text)
                .actor(actor)
                .thread(root)
                .key(Some(format!("discord:{id}")))
                .key(chat)
                .permalink(link)
                .label("channel", channel_name)
                .label("edited", item.first(&["timestampEdited", "edited_timestamp"]).map(|_| "true"))
                .label("subtype", kind),
        );
    }
}
