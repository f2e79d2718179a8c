//! IRC logs kept in databases: JSON lines of `{type, nick, text, time: {$date}}`.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::chat_key::chat_key;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct IrcRecords;
pub(super) static ENTRY: Json<IrcRecords> = Json(IrcRecords);

impl JsonSource for IrcRecords {
    fn id(&self) -> &'static str {
        "irc_records"
    }

    fn title(&self) -> &'static str {
        "IRC records"
    }

    fn describe(&self) -> &'static str {
        "A dump of a channel from a database, one message a line with nick, text and time."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let gitter = item.has_all(&["fromUser", "sent", "text"]);
        Confidence::Strong.when(
            gitter
                || item.has("nick")
                    && (item.names("text") || item.names("message"))
                    && (item.has("time") || item.has("timestamp") || item.has("ts")),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let moment = item.first_moment(&[
            "time/$date",
            "time/$date/$numberLong",
            "time",
            "timestamp/$date",
            "timestamp",
            "ts",
            "sent",
        ]);
        let nick = item.first(&["nick", "fromUser/displayName", "fromUser/username"]);
        let subtype = item.str("type").filter(|kind| *kind != "message");
        let text = item.first(&["text", "message"]).unwrap_or(subtype.unwrap_or_default());
        let chat = moment.as_ref().and_then(|moment| chat_key(nick.unwrap_or_default(), text, &moment.when));
        out.emit(
            Entry::new("irc", SourceClass::Chat, EventKind::Message, moment)
                .text(text)
                .actor(person([nick, item.str("fromUser/username")]))
                .key(chat)
                .label("channel", item.first(&["channel", "to"]))
                .label("subtype", subtype),
        );
    }
}
