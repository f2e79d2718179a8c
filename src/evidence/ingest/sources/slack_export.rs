//! Day files of a Slack workspace export: `<channel>/<YYYY-MM-DD>.json`, arrays of messages.

use std::io::BufRead;

use crate::evidence::ingest::json::each_raw;
use crate::evidence::ingest::slack::{Channel, Message, is_message};
use crate::evidence::ingest::{Confidence, FileContext, Head, Output, Source};

pub(super) struct SlackExport;
pub(super) static ENTRY: SlackExport = SlackExport;

impl Source for SlackExport {
    fn id(&self) -> &'static str {
        "slack_export"
    }

    fn title(&self) -> &'static str {
        "Slack export"
    }

    fn describe(&self) -> &'static str {
        "The folder or zip of a workspace export; users.json and channels.json beside the channels give the names."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let samples = head.samples(&[]);
        let messages = samples.iter().filter(|sample| is_message(sample)).count();
        Confidence::Strong.when(messages > 0 && messages * 2 >= samples.len())
    }

    fn read(&self, input: &mut dyn BufRead, file: &FileContext<'_>, out: &mut Output<'_>) {
        let dated = file.stem().len() == 10 && file.stem().starts_with(|c: char| c.is_ascii_digit());
        let label = if dated { file.folder().unwrap_or(file.stem()) } else { file.stem() };
        let channel = Channel::find(label, file.directory);
        each_raw(input, &[], out, |raw, out| {
            serde_json::from_slice::<Message<'_>>(raw)?.emit(&channel, out);
            Ok(())
        });
    }
}
