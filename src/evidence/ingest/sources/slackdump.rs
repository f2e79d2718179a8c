//! Files of slackdump: one conversation with replies nested in it, and the chunks of its archives.

use std::io::BufRead;

use serde_json::Value;

use crate::evidence::ingest::json::{Field, each, parse_lenient, repair};
use crate::evidence::ingest::slack::{Channel, Message, is_message};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct Slackdump;
pub(super) static ENTRY: Slackdump = Slackdump;

fn is_dump(document: &Value) -> bool {
    document.has("channel_id") && document.at("messages").is_some_and(Value::is_array)
        || document.list("messages").iter().any(|message| message.names("slackdump_thread_replies"))
}

fn is_chunk(line: &Value) -> bool {
    line.has("t")
        && (line.names("m") || line.names("ci") || line.names("cu") || line.names("f"))
        && line.has("ts")
}

fn emit(messages: &[Value], channel: &Channel, out: &mut Output<'_>) {
    for (index, message) in messages.iter().enumerate() {
        let text = message.to_string();
        match serde_json::from_str::<Message<'_>>(&text) {
            Ok(message) => {
                if !out.file.json_lines {
                    out.place(index + 1);
                }
                message.emit(channel, out);
            }
            Err(_) => out.tally("no messages of a known shape", index + 1),
        }
    }
}

impl Source for Slackdump {
    fn id(&self) -> &'static str {
        "slackdump"
    }

    fn title(&self) -> &'static str {
        "slackdump"
    }

    fn describe(&self) -> &'static str {
        "slackdump's JSON of a conversation, or chunks.jsonl.gz of its archive."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let dump = head.documents.iter().any(is_dump)
            && head.samples(&["messages"]).iter().any(|sample| is_message(sample));
        let chunks = head.documents.iter().filter(|line| is_chunk(line)).count() * 2 > head.documents.len();
        Confidence::Certain.when(dump || chunks)
    }

    fn read(&self, input: &mut dyn BufRead, file: &FileContext<'_>, out: &mut Output<'_>) {
        if file.json_lines {
            let mut names = std::collections::BTreeMap::new();
            return each(input, &[], out, |line, out| {
                let id = line.first(&["id", "ci/id"]).unwrap_or(file.stem());
                if let Some(name) = line.str("ci/name") {
                    names.insert(id.to_owned(), name.to_owned());
                }
                let mut channel = Channel::find(id, file.directory);
                if let Some(name) = names.get(id) {
                    channel = Channel { id: Some(id.to_owned()), name: Some(name.clone()) };
                }
                emit(line.list("m"), &channel, out);
            });
        }
        let mut raw = Vec::new();
        if let Err(error) = input.read_to_end(&mut raw) {
            out.warn(None, format!("could not be read to the end: {error}"));
        }
        let document = match parse_lenient(&raw) {
            Ok(document) => document,
            Err(error) => {
                out.warn(
                    error.line(),
                    "ends in the middle (JSON not closed); complete messages before are kept",
                );
                repair(&raw).unwrap_or(Value::Null)
            }
        };
        for dump in document.as_array().map_or(std::slice::from_ref(&document), Vec::as_slice) {
            let name = dump.str("name").filter(|name| !name.is_empty());
            let channel = match dump.str("channel_id") {
                Some(id) => Channel {
                    id: Some(id.to_owned()),
                    name: name
                        .map(str::to_owned)
                        .or_else(|| file.directory.channel_name(id).map(str::to_owned)),
                },
                None => Channel::find(name.unwrap_or(file.stem()), file.directory),
            };
            emit(dump.list("messages"), &channel, out);
        }
    }
}
