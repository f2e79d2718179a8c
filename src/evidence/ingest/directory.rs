//! Who the ids of an export are: users, channels and the team, found beside the messages.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::evidence::Actor;

use super::entry;
use super::json::Field;

/// Names for the ids of one export.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    users: BTreeMap<String, Actor>,
    /// Channel id to name and back.
    channels: BTreeMap<String, String>,
}

impl Directory {
    /// Takes a user object in Slack's form.
    pub fn add_user(&mut self, user: &Value) {
        let Some(id) = user.str("id") else { return };
        let names = [
            user.str("profile/display_name"),
            user.str("profile/real_name"),
            user.str("real_name"),
            user.str("name"),
            Some(id),
            user.str("profile/email"),
        ];
        if let Some(mut actor) = entry::person(names) {
            actor.bot = user.flag("is_bot") || id == "USLACKBOT";
            // Messages of apps name the bot, not its user.
            if let Some(bot) = user.str("profile/bot_id") {
                self.users.insert(bot.to_owned(), actor.clone());
            }
            self.users.insert(id.to_owned(), actor);
        }
    }

    /// Takes a person or machine by id.
    pub fn name_user(&mut self, id: String, actor: Actor) {
        self.users.insert(id, actor);
    }

    /// Takes a channel by id.
    pub fn name_channel(&mut self, id: String, name: String) {
        self.channels.insert(id, name);
    }

    /// Takes a channel object in Slack's form.
    pub fn add_channel(&mut self, channel: &Value) {
        if let (Some(id), Some(name)) = (channel.str("id"), channel.str("name")) {
            self.channels.insert(id.to_owned(), name.to_owned());
            self.channels.insert(format!("#{name}"), id.to_owned());
        }
    }

    #[must_use]
    pub fn user(&self, id: &str) -> Option<&Actor> {
        self.users.get(id)
    }

    #[must_use]
    pub fn channel_name(&self, id: &str) -> Option<&str> {
        self.channels.get(id).map(String::as_str)
    }

    #[must_use]
    pub fn channel_id(&self, name: &str) -> Option<&str> {
        self.channels.get(&format!("#{name}")).map(String::as_str)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.channels.is_empty()
    }
}

/// The directories of all exports in a folder, each valid below the folder where it was found.
#[derive(Clone, Debug, Default)]
pub struct Directories {
    by_folder: BTreeMap<String, Directory>,
    nobody: Directory,
    /// Hosts of Slack workspaces in links, and how often each was seen.
    hosts: BTreeMap<String, usize>,
}

impl Directories {
    /// The directory of the folder that a file lies in.
    pub fn beside(&mut self, path: &str) -> &mut Directory {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.by_folder.entry(folder.to_owned()).or_default()
    }

    /// Remembers the workspaces that the links in a text lead to, escaped or not.
    pub(super) fn learn_hosts(&mut self, text: &str) {
        const MARK: &str = ".slack.com";
        for (at, _) in text.match_indices(MARK) {
            let rest: String = text[at + MARK.len()..].chars().filter(|c| *c != '\\').take(10).collect();
            if !rest.starts_with("/archives/") && !rest.starts_with("/files/") && !rest.starts_with("/team/")
            {
                continue;
            }
            let start = text[..at].rfind(|c: char| !(c.is_ascii_alphanumeric() || "-.".contains(c)));
            let name = &text[start.map_or(0, |start| start + 1)..at];
            if !name.is_empty() && !["files", "app", "api", "hooks", "www"].contains(&name) {
                *self.hosts.entry(format!("{name}{MARK}")).or_default() += 1;
            }
        }
    }

    /// The workspace that most links lead to.
    #[must_use]
    pub(super) fn host(&self) -> Option<&str> {
        self.hosts
            .iter()
            .max_by_key(|(host, seen)| (**seen, std::cmp::Reverse(*host)))
            .map(|(host, _)| host.as_str())
    }

    /// The directory that holds for a file: of its own folder or the nearest one above; the only one, when there is
    /// but one.
    #[must_use]
    pub fn of(&self, path: &str) -> &Directory {
        let mut folder = path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some(directory) = self.by_folder.get(above).filter(|directory| !directory.is_empty()) {
                return directory;
            }
            folder = above;
        }
        let mut known = self.by_folder.values().filter(|directory| !directory.is_empty());
        match (known.next(), known.next()) {
            (Some(only), None) => only,
            _ => self.by_folder.get("").unwrap_or(&self.nobody),
        }
    }
}
