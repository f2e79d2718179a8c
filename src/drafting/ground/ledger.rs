//! The evidence as the verifier sees it: redacted lines by id, with what every sentence may take for granted.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{EventId, EventKind, Incident, Timeline};
use crate::redact::Redactor;

/// One line of evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub at: Timestamp,
    pub until: Option<Timestamp>,
    pub source: String,
    pub kind: EventKind,
    pub actor: Option<String>,
    /// Redacted.
    pub text: String,
    pub count: u32,
}

/// All lines of evidence of one incident.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    entries: BTreeMap<EventId, Entry>,
    pub incident: Incident,
}

impl Ledger {
    /// Redacts every event once.
    pub fn new(timeline: &Timeline, redactor: &mut Redactor) -> Self {
        let entries = timeline
            .events
            .iter()
            .map(|event| {
                let text = redactor.redact(&event.text).as_str().to_owned();
                let entry = Entry {
                    at: event.at,
                    until: event.until,
                    source: event.source.clone(),
                    kind: event.kind,
                    actor: event.actor.clone(),
                    text,
                    count: event.count,
                };
                (event.id, entry)
            })
            .collect();
        Self { entries, incident: timeline.incident.clone() }
    }

    #[must_use]
    pub fn get(&self, id: EventId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    pub fn iter(&self) -> impl Iterator<Item = (EventId, &Entry)> {
        self.entries.iter().map(|(id, entry)| (*id, entry))
    }
}
