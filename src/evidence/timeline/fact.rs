//! A record placed in time: what the steps from clock to key selection work on before it becomes an event.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::domain::{Event, EventId, EventKind, Origin, Precision, Role, SourceClass};
use crate::evidence::Record;

/// One fact at one UTC time, with every place that tells it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fact {
    pub(super) at: Timestamp,
    pub(super) until: Option<Timestamp>,
    pub(super) precision: Precision,
    pub(super) source: String,
    pub(super) class: SourceClass,
    pub(super) kind: EventKind,
    pub(super) role: Option<Role>,
    /// The roles of all its lines: one message may report, explain and act.
    pub(super) roles: BTreeSet<Role>,
    pub(super) actor: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) bot: bool,
    /// Whether it is something a person wrote, not a record that a status page or tool made.
    spoken: bool,
    /// A remark that a person left in an alert tool.
    note: bool,
    pub(super) text: String,
    pub(super) count: u32,
    pub(super) thread: Option<String>,
    pub(super) services: Vec<String>,
    pub(super) keys: BTreeSet<String>,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) origin: Origin,
    pub(super) also: Vec<Origin>,
    /// What the merged records said in their own words, for matching only.
    pub(super) said: Vec<String>,
}

impl Fact {
    pub(super) fn new(record: Record, at: Timestamp, until: Option<Timestamp>) -> Self {
        let (actor, aliases, bot) = match record.actor {
            Some(actor) => (Some(actor.name), actor.aliases, actor.bot),
            None => (None, Vec::new(), false),
        };
        let spoken = record.kind == EventKind::Message || actor.is_some();
        let note =
            record.class == SourceClass::Alerting && record.kind == EventKind::Message && actor.is_some();
        Self {
            at,
            spoken,
            note,
            until: until.filter(|until| *until > at),
            precision: record.precision,
            source: record.source,
            class: record.class,
            kind: record.kind,
            role: None,
            roles: BTreeSet::new(),
            actor,
            aliases,
            bot,
            text: record.text,
            count: record.count.max(1),
            thread: record.thread,
            services: record.services,
            keys: record.keys.into_iter().collect(),
            labels: record.labels,
            origin: record.origin,
            also: Vec::new(),
            said: Vec::new(),
        }
    }

    /// Whether a person wrote it, in a chat, in notes or beside an alert.
    pub(super) fn is_human(&self) -> bool {
        self.spoken
            && !self.bot
            && (self.note || matches!(self.class, SourceClass::Chat | SourceClass::Memory))
    }

    /// The text with all that merged records add, for matching.
    pub(super) fn all_text(&self) -> String {
        let mut all = self.text.clone();
        for said in &self.said {
            all.push('\n');
            all.push_str(said);
        }
        all
    }

    /// Keys of one namespace without it, such as the numbers of `pr:`.
    pub(super) fn keys_of<'a>(&'a self, namespace: &'a str) -> impl Iterator<Item = &'a str> {
        self.keys.iter().filter_map(move |key| key.strip_prefix(namespace)?.strip_prefix(':'))
    }

    /// Total order: time, trust, then everything that tells two facts apart, so that input order never matters.
    pub(super) fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.at
            .cmp(&other.at)
            .then_with(|| self.class.cmp(&other.class))
            .then_with(|| self.source.cmp(&other.source))
            .then_with(|| self.kind.cmp(&other.kind))
            .then_with(|| self.text.cmp(&other.text))
            .then_with(|| self.actor.cmp(&other.actor))
            .then_with(|| self.origin.cmp(&other.origin))
            .then_with(|| self.keys.cmp(&other.keys))
            .then_with(|| self.count.cmp(&other.count))
    }

    /// Content id: equal for the same fact in two runs, whatever was added beside it.
    pub(super) fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let at = self.at.to_string();
        let actor = self.actor.as_deref().unwrap_or_default();
        for part in [self.source.as_str(), self.kind.name(), &at, actor, &self.text] {
            hasher.update(part.as_bytes());
            hasher.update(b"\x1f");
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    pub(super) fn into_event(self, id: EventId, key: bool) -> Event {
        let fingerprint = self.fingerprint();
        Event {
            id,
            at: self.at,
            until: self.until,
            precision: self.precision,
            source: self.source,
            class: self.class,
            kind: self.kind,
            role: self.role,
            actor: self.actor,
            bot: self.bot,
            text: self.text,
            count: self.count,
            key,
            thread: self.thread,
            services: self.services,
            origin: self.origin,
            also: self.also,
            fingerprint,
        }
    }
}

/// Seconds from `a` to `b`, negative when `b` is earlier.
pub(super) fn seconds(a: Timestamp, b: Timestamp) -> i64 {
    b.as_second() - a.as_second()
}

/// Indexes of the facts, which are in order of time, from `after` to `until` seconds after a moment.
pub(super) fn within(facts: &[Fact], moment: Timestamp, after: i64, until: i64) -> std::ops::Range<usize> {
    let first = facts.partition_point(|fact| seconds(moment, fact.at) < after);
    let end = facts.partition_point(|fact| seconds(moment, fact.at) <= until);
    first..end.max(first)
}
