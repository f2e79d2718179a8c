//! Puts a record together piece by piece, so that a source names only what its format says.

use std::collections::BTreeMap;

use crate::domain::{EventKind, Origin, Precision, SourceClass};
use crate::evidence::{Actor, Record, When};

use super::moment::Moment;

/// A record in the making; its place and the zone of the file are filled in by [`super::Output::emit`].
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) moment: Option<Moment>,
    pub(super) record: Record,
}

impl Entry {
    /// Starts a record; without a usable time it is left out and counted.
    #[must_use]
    pub fn new(source: &str, class: SourceClass, kind: EventKind, moment: Option<Moment>) -> Self {
        let record = Record {
            when: When::Clock { time: jiff::civil::Time::midnight(), day: 0 },
            until: None,
            precision: Precision::Second,
            zone: None,
            source: source.to_owned(),
            class,
            kind,
            actor: None,
            text: String::new(),
            count: 1,
            thread: None,
            services: Vec::new(),
            keys: Vec::new(),
            labels: BTreeMap::new(),
            origin: Origin { file: String::new(), line: 0, permalink: None },
        };
        Self { moment, record }
    }

    #[must_use]
    pub fn text(mut self, text: impl AsRef<str>) -> Self {
        self.record.text = text.as_ref().trim().to_owned();
        self
    }

    /// Adds a line to the text, as traces do.
    pub fn append_line(&mut self, line: &str) {
        if self.record.text.len() < 64 << 10 {
            self.record.text.push('\n');
            self.record.text.push_str(line);
        }
    }

    #[must_use]
    pub fn actor(mut self, actor: Option<Actor>) -> Self {
        self.record.actor = actor.filter(|actor| !actor.name.is_empty());
        self
    }

    #[must_use]
    pub fn key(mut self, key: Option<String>) -> Self {
        self.record.keys.extend(key);
        self
    }

    #[must_use]
    pub fn label(mut self, name: &str, value: Option<impl AsRef<str>>) -> Self {
        if let Some(value) =
            value.as_ref().map(AsRef::as_ref).map(str::trim).filter(|value| !value.is_empty())
        {
            self.record.labels.insert(name.to_owned(), value.to_owned());
        }
        self
    }

    #[must_use]
    pub fn service(mut self, service: Option<impl AsRef<str>>) -> Self {
        if let Some(service) =
            service.as_ref().map(AsRef::as_ref).map(str::trim).filter(|name| !name.is_empty())
            && !self.record.services.iter().any(|known| known == service)
        {
            self.record.services.push(service.to_owned());
        }
        self
    }

    #[must_use]
    pub fn services(self, services: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        services.into_iter().fold(self, |entry, service| entry.service(Some(service)))
    }

    #[must_use]
    pub fn thread(mut self, thread: Option<String>) -> Self {
        self.record.thread = thread;
        self
    }

    #[must_use]
    pub fn permalink(mut self, link: Option<impl AsRef<str>>) -> Self {
        self.record.origin.permalink =
            link.as_ref().map(AsRef::as_ref).filter(|link| link.starts_with("http")).map(str::to_owned);
        self
    }

    #[must_use]
    pub fn until(mut self, until: Option<Moment>) -> Self {
        self.record.until = until.map(|moment| moment.when);
        self
    }

    #[must_use]
    pub fn count(mut self, count: u64) -> Self {
        self.record.count = u32::try_from(count.max(1)).unwrap_or(u32::MAX);
        self
    }

    /// Names the line instead of the item that is being read.
    #[must_use]
    pub fn line(mut self, line: usize) -> Self {
        self.record.origin.line = line;
        self
    }
}

/// A person under every name the source gives; empty names are dropped, the first one left is shown.
#[must_use]
pub(crate) fn person<'a>(names: impl IntoIterator<Item = Option<&'a str>>) -> Option<Actor> {
    let mut names = names.into_iter().flatten().map(str::trim).filter(|name| !name.is_empty());
    let name = names.next()?.to_owned();
    let mut aliases: Vec<String> = Vec::new();
    for alias in names {
        if alias != name && !aliases.iter().any(|known| known == alias) {
            aliases.push(alias.to_owned());
        }
    }
    let bot = name.ends_with("[bot]");
    Some(Actor { name, aliases, bot })
}

/// A machine.
#[must_use]
pub(crate) fn machine(name: Option<&str>) -> Option<Actor> {
    person([name]).map(|actor| Actor { bot: true, ..actor })
}

/// `rollback` when the title of a change says that it takes something back.
#[must_use]
pub(crate) fn change_kind(title: &str, otherwise: EventKind) -> EventKind {
    let title = title.to_lowercase();
    let words = ["revert", "rollback", "roll back", "rolled back", "rolling back", "rolls back", "back out"];
    let undone = words.iter().any(|word| title.contains(word)) && !title.contains("reverted by");
    if undone { EventKind::Rollback } else { otherwise }
}

/// `sha:<first 7>` of a commit id.
#[must_use]
pub(crate) fn sha_key(sha: Option<&str>) -> Option<String> {
    let sha = sha?.trim();
    (sha.len() >= 7 && sha.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .then(|| format!("sha:{}", sha[..7].to_lowercase()))
}
