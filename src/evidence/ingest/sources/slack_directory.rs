//! `users.json`, `channels.json` and their kin of a Slack export: who the ids are.

use std::io::BufRead;

use serde_json::Value;

use crate::evidence::ingest::json::{Field, parse_lenient, repair};
use crate::evidence::ingest::{Confidence, Directory, FileContext, Head, Output, Source};

pub(super) struct SlackDirectory;
pub(super) static ENTRY: SlackDirectory = SlackDirectory;

fn is_user(item: &Value) -> bool {
    item.str("id").is_some_and(|id| id.starts_with(['U', 'W']))
        && (item.names("profile") || item.names("real_name"))
}

fn is_channel(item: &Value) -> bool {
    item.str("id").is_some_and(|id| id.starts_with(['C', 'G', 'D']))
        && (item.names("name") || item.names("members"))
        && !item.names("ts")
        && !item.names("title")
}

/// Canvases, lists and the files of conversations, which an export lists beside the messages that name them.
fn is_file(item: &Value) -> bool {
    item.str("id").is_some_and(|id| id.starts_with('F') && id.len() >= 3)
        && (item.names("title") || item.names("filetype"))
        && !item.names("ts")
}

impl Source for SlackDirectory {
    fn id(&self) -> &'static str {
        "slack_directory"
    }

    fn title(&self) -> &'static str {
        "Slack users and channels"
    }

    fn describe(&self) -> &'static str {
        "users.json, channels.json, groups.json, dms.json and mpims.json of an export; they name the people in its messages."
    }

    fn sniff(&self, head: &Head) -> Confidence {
        let samples = head.samples(&["members", "channels"]);
        let known = samples.iter().filter(|item| is_user(item) || is_channel(item) || is_file(item)).count();
        let side = [
            "users.json",
            "org_users.json",
            "channels.json",
            "groups.json",
            "dms.json",
            "mpims.json",
            "canvases.json",
            "lists.json",
            "file_conversations.json",
            "huddle_transcripts.json",
            "canvas_in_the_conversation.json",
        ];
        let empty = side.contains(&head.name()) && head.text.trim() == "[]";
        if empty {
            Confidence::Strong
        } else {
            Confidence::Strong.when(known > 0 && known * 2 > samples.len())
        }
    }

    fn read(&self, _: &mut dyn BufRead, _: &FileContext<'_>, _: &mut Output<'_>) {}

    fn is_directory(&self) -> bool {
        true
    }

    fn learn(&self, input: &mut dyn BufRead, directory: &mut Directory) {
        let mut raw = Vec::new();
        if input.read_to_end(&mut raw).is_err() {
            return;
        }
        let Some(value) = parse_lenient(&raw).ok().or_else(|| repair(&raw)) else { return };
        for list in [
            &value,
            value.at("members").unwrap_or(&Value::Null),
            value.at("channels").unwrap_or(&Value::Null),
        ] {
            for item in list.as_array().into_iter().flatten() {
                if is_user(item) {
                    directory.add_user(item);
                } else if is_channel(item) {
                    directory.add_channel(item);
                }
            }
        }
    }
}
