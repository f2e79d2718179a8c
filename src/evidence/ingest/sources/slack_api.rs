//! Answers of Slack's API (conversations.history, conversations.replies, search.messages), page after page.

use std::io::BufRead;

use serde_json::Value;

use crate::evidence::ingest::json::{Field, each_raw};
use crate::evidence::ingest::slack::{Channel, Message, is_message};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct SlackApi;
pub(super) static ENTRY: SlackApi = SlackApi;

const ARRAYS: [&str; 2] = ["messages", "matches"];

impl Source for SlackApi {
    fn id(&self) -> &'static str {
        "slack_api"
    }

    fn title(&self) -> &'static str {
        "Slack API answers"
    }

    fn describe(&self) -> &'static str {
        "Saved pages of conversations.history and conversations.replies; the file named by its channel."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let pages = head.samples(&[]);
        let envelope = pages.iter().any(|page| page.names("messages") && !page.names("channel_id"));
        let messages =
            head.samples_where(&ARRAYS, is_message).into_iter().filter(|sample| is_message(sample)).count();
        Confidence::Strong.when(envelope && messages > 0)
    }

    fn read(&self, input: &mut dyn BufRead, file: &FileContext<'_>, out: &mut Output<'_>) {
        let mut seen = std::collections::BTreeSet::new();
        each_raw(input, &ARRAYS, out, |raw, out| {
            let message: Message<'_> = serde_json::from_slice(raw)?;
            let label = out.envelope.get("channel").and_then(|channel| channel.as_str());
            let channel = Channel::find(label.unwrap_or(file.stem()), file.directory);
            let mut emit = |message: &Message<'_>, out: &mut Output<'_>| {
                // The first of the replies repeats the parent.
                if seen.insert(message.ts().to_owned()) {
                    message.emit(&channel, out);
                }
            };
            if !message.ts().is_empty() {
                emit(&message, out);
                return Ok(());
            }
            // One of several pages in an array.
            let page: Value = serde_json::from_slice(raw)?;
            for one in ["messages", "messages/matches"].iter().flat_map(|path| page.list(path)) {
                emit(&serde_json::from_str(&one.to_string())?, out);
            }
            Ok(())
        });
    }
}
