//! One message of Slack as every export has it.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{self, Entry};
use crate::evidence::ingest::json::Field;
use crate::evidence::ingest::{Directory, FileContext, Output, moment};

use super::{blocks, plain};

/// The channel that a file of messages belongs to, by id and name as far as they are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Channel {
    pub id: Option<String>,
    pub name: Option<String>,
}

impl Channel {
    /// Completes an id or a name from the directory of the export.
    #[must_use]
    pub(crate) fn find(label: &str, directory: &Directory) -> Self {
        if let Some(name) = directory.channel_name(label) {
            return Self { id: Some(label.to_owned()), name: Some(name.to_owned()) };
        }
        Self { id: directory.channel_id(label).map(str::to_owned), name: Some(label.to_owned()) }
    }

    fn key(&self) -> &str {
        self.id.as_deref().or(self.name.as_deref()).unwrap_or("?")
    }
}

/// A message object; members that are rarely needed stay unparsed.
#[derive(Deserialize)]
pub(crate) struct Message<'a> {
    #[serde(borrow, default)]
    ts: Option<&'a RawValue>,
    #[serde(default)]
    user: Option<Cow<'a, str>>,
    #[serde(default)]
    bot_id: Option<Cow<'a, str>>,
    #[serde(default)]
    username: Option<Cow<'a, str>>,
    #[serde(default)]
    text: Option<Cow<'a, str>>,
    #[serde(default)]
    subtype: Option<Cow<'a, str>>,
    #[serde(default)]
    thread_ts: Option<Cow<'a, str>>,
    #[serde(default)]
    permalink: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    blocks: Option<&'a RawValue>,
    #[serde(borrow, default)]
    attachments: Option<&'a RawValue>,
    #[serde(borrow, default)]
    files: Option<&'a RawValue>,
    #[serde(borrow, default)]
    file: Option<&'a RawValue>,
    #[serde(borrow, default)]
    comment: Option<&'a RawValue>,
    #[serde(borrow, default)]
    user_profile: Option<&'a RawValue>,
    #[serde(borrow, default)]
    bot_profile: Option<&'a RawValue>,
    #[serde(borrow, default)]
    edited: Option<&'a RawValue>,
    #[serde(borrow, default)]
    reactions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    channel: Option<&'a RawValue>,
    /// The message as it is now, inside a notice that it was changed.
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    /// Replies that slackdump nests into their parent.
    #[serde(borrow, default)]
    slackdump_thread_replies: Option<&'a RawValue>,
}

/// Whether the text is a message id of Slack: ten digits, a dot, six digits.
#[must_use]
pub(crate) fn is_ts(text: &str) -> bool {
    text.len() == 17
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 10 { byte == b'.' } else { byte.is_ascii_digit() })
}

/// Whether the value is a message object.
#[must_use]
pub(crate) fn is_message(value: &Value) -> bool {
    value.str("ts").is_some_and(is_ts)
        && (value.names("text") || value.str("type") == Some("message") || value.names("blocks"))
}

impl Message<'_> {
    /// Hands out the message and the replies nested in it.
    pub(crate) fn emit(&self, channel: &Channel, out: &mut Output<'_>) {
        let own = self.own_channel();
        let channel = own.as_ref().unwrap_or(channel);
        if self.subtype.as_deref() == Some("message_changed")
            && let Some(now) =
                self.message.and_then(|raw| serde_json::from_str::<Message<'_>>(raw.get()).ok())
            && !now.ts().is_empty()
        {
            return now.emit(channel, out);
        }
        out.emit(self.entry(channel, out.file));
        if let Some(replies) = self.slackdump_thread_replies {
            for reply in serde_json::from_str::<Vec<Message<'_>>>(replies.get()).unwrap_or_default() {
                if reply.ts() != self.ts() {
                    reply.emit(channel, out);
                }
            }
        }
    }

    /// The id of the message.
    pub(crate) fn ts(&self) -> &str {
        self.ts.map_or("", |raw| raw.get().trim_matches('"'))
    }

    fn own_channel(&self) -> Option<Channel> {
        let value = parsed(self.channel)?;
        match &value {
            Value::String(id) => Some(Channel { id: Some(id.clone()), name: None }),
            _ => Some(Channel { id: value.text("id"), name: value.text("name") }),
        }
    }

    fn entry(&self, channel: &Channel, file: &FileContext<'_>) -> Entry {
        let directory = file.directory;
        let ts = self.ts();
        let moment = moment::parse(ts);
        let actor = self.actor(directory);
        let text = self.text(directory, actor.as_ref().is_some_and(|actor| actor.bot));
        let author = actor.as_ref().map_or("", |actor| actor.name.as_str());
        let chat = moment.as_ref().and_then(|moment| chat_key(author, &text, &moment.when));
        let thread = self.thread_ts.as_deref().map(|root| format!("slack:{}/{root}", channel.key()));
        let link = self.permalink.as_deref().map(str::to_owned).or_else(|| self.link(channel, file.host));
        Entry::new("slack", SourceClass::Chat, EventKind::Message, moment)
            .text(&text)
            .actor(actor)
            .thread(thread)
            .permalink(link)
            .key(Some(format!("slack:{}/{ts}", channel.key())))
            .key(chat)
            .label("channel", channel.name.as_deref().or(channel.id.as_deref()))
            .label("subtype", self.subtype.as_deref())
            .label("edited", self.edited.map(|_| "true"))
            .label("reactions", self.reactions())
            .label("claimed_at", self.claimed_at())
    }

    fn link(&self, channel: &Channel, host: Option<&str>) -> Option<String> {
        let (host, id, ts) = (host?, channel.id.as_deref()?, self.ts());
        let link = format!("https://{host}/archives/{id}/p{}", ts.replace('.', ""));
        Some(match self.thread_ts.as_deref() {
            Some(root) if root != ts => format!("{link}?thread_ts={root}&cid={id}"),
            _ => link,
        })
    }

    fn actor(&self, directory: &Directory) -> Option<Actor> {
        let comment = parsed(self.comment);
        let user = self.user.as_deref().or_else(|| comment.as_ref()?.str("user"));
        if let Some(known) = user.and_then(|id| directory.user(id)) {
            return Some(known.clone());
        }
        if let Some(known) =
            self.bot_id.as_deref().filter(|_| self.username.is_none()).and_then(|id| directory.user(id))
        {
            return Some(known.clone());
        }
        if user == Some("USLACKBOT") {
            return entry::person([Some("Slackbot"), user]).map(|actor| Actor { bot: true, ..actor });
        }
        if let Some(profile) = parsed(self.user_profile) {
            let names = [profile.str("display_name"), profile.str("real_name"), profile.str("name"), user];
            return entry::person(names);
        }
        let by_bot = self.bot_id.is_some() || self.subtype.as_deref() == Some("bot_message");
        if by_bot || user.is_none() {
            let profile = parsed(self.bot_profile);
            let name = profile.as_ref().and_then(|profile| profile.str("name"));
            let names = [self.username.as_deref(), name, self.bot_id.as_deref(), user];
            return entry::person(names).map(|actor| Actor { bot: by_bot, ..actor });
        }
        entry::person([self.username.as_deref(), user])
    }

    fn text(&self, directory: &Directory, bot: bool) -> String {
        let mut marked = self.text.as_deref().unwrap_or_default().trim().to_owned();
        if marked.is_empty() {
            marked = parsed(self.blocks).map(|value| blocks::blocks(&value)).unwrap_or_default();
        }
        if (marked.is_empty() || bot)
            && let Some(attached) = parsed(self.attachments).map(|value| blocks::attachments(&value))
            && !attached.is_empty()
            && !marked.contains(&attached)
        {
            marked = if marked.is_empty() { attached } else { format!("{marked}\n{attached}") };
        }
        if marked.is_empty() && self.subtype.as_deref() == Some("message_deleted") {
            "This message was deleted.".clone_into(&mut marked);
        }
        let mut text = plain(&marked, directory);
        for name in self.file_names() {
            if !text.contains(&name) {
                text = format!("{text}\n[file: {name}]").trim().to_owned();
            }
        }
        text
    }

    fn file_names(&self) -> Vec<String> {
        let files = match (parsed(self.files), parsed(self.file)) {
            (Some(Value::Array(files)), _) => files,
            (_, Some(file)) => vec![file],
            _ => return Vec::new(),
        };
        files.iter().filter_map(|file| file.first(&["title", "name"]).map(str::to_owned)).collect()
    }

    fn reactions(&self) -> Option<String> {
        let reactions = parsed(self.reactions)?;
        let names = reactions.as_array()?.iter().filter_map(|reaction| {
            Some(format!(":{}: {}", reaction.str("name")?, reaction.integer("count").unwrap_or(1)))
        });
        Some(names.collect::<Vec<_>>().join(", "))
    }

    /// The time that the sender of an attachment claims for what it reports.
    fn claimed_at(&self) -> Option<String> {
        let attachments = parsed(self.attachments)?;
        let at = attachments.as_array()?.iter().find_map(|attachment| attachment.moment("ts"))?;
        Some(at.at()?.to_string())
    }
}

fn parsed(raw: Option<&RawValue>) -> Option<Value> {
    serde_json::from_str(raw?.get()).ok().filter(|value: &Value| !value.is_null())
}
