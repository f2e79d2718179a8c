//! Event ids that stay when evidence is added: a record that was known keeps its number, new ones are numbered on.

use std::collections::{BTreeMap, VecDeque};

use crate::domain::{Event, EventId, Phases, Timeline};

/// Renames the events of a new timeline so that those known before (same fingerprint) have their old ids.
pub fn keep_ids(timeline: &mut Timeline, before: &[Event]) {
    if before.is_empty() {
        return;
    }
    let mut known: BTreeMap<&str, VecDeque<EventId>> = BTreeMap::new();
    for event in before {
        known.entry(&event.fingerprint).or_default().push_back(event.id);
    }
    let mut next = before.iter().map(|event| event.id.0).max().unwrap_or(0) + 1;
    let mut names: BTreeMap<EventId, EventId> = BTreeMap::new();
    for event in &timeline.events {
        let old = known.get_mut(event.fingerprint.as_str()).and_then(VecDeque::pop_front);
        let id = old.unwrap_or_else(|| {
            next += 1;
            EventId(next - 1)
        });
        names.insert(event.id, id);
    }
    let rename = |id: &mut EventId| *id = names.get(id).copied().unwrap_or(*id);
    for event in &mut timeline.events {
        rename(&mut event.id);
    }
    let Phases { started, detected, acknowledged, mitigated, resolved } = &mut timeline.phases;
    for mark in [started, detected, acknowledged, mitigated, resolved].into_iter().flatten() {
        mark.evidence.iter_mut().for_each(rename);
    }
    for conflict in &mut timeline.conflicts {
        conflict.evidence.iter_mut().for_each(rename);
    }
    for trigger in &mut timeline.triggers {
        rename(&mut trigger.event);
        trigger.reverted_by.iter_mut().for_each(rename);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EventKind, Origin, PhaseMark, Precision, SourceClass};

    fn event(id: u32, second: i64, fingerprint: &str) -> Event {
        let at = jiff::Timestamp::from_second(second).unwrap();
        Event {
            id: EventId(id),
            at,
            until: None,
            precision: Precision::Second,
            source: "slack".to_owned(),
            class: SourceClass::Chat,
            kind: EventKind::Message,
            role: None,
            actor: None,
            bot: false,
            text: String::new(),
            count: 1,
            key: true,
            thread: None,
            services: Vec::new(),
            origin: Origin { file: "a".to_owned(), line: 1, permalink: None },
            also: Vec::new(),
            fingerprint: fingerprint.to_owned(),
        }
    }

    #[test]
    fn known_records_keep_their_numbers_when_earlier_evidence_arrives() {
        let before = [event(1, 10, "aa"), event(2, 20, "bb")];
        let mut now = Timeline {
            events: vec![event(1, 5, "cc"), event(2, 10, "aa"), event(3, 20, "bb")],
            ..Timeline::default()
        };
        now.phases.started =
            Some(PhaseMark { at: now.events[0].at, evidence: vec![EventId(1), EventId(3)], confidence: 1.0 });
        keep_ids(&mut now, &before);
        let ids: Vec<u32> = now.events.iter().map(|event| event.id.0).collect();
        assert_eq!(ids, [3, 1, 2]);
        assert_eq!(now.phases.started.unwrap().evidence, [EventId(3), EventId(2)]);
    }
}
