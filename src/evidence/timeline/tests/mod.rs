//! The timeline through its one door: records in, milestones, merged events and warnings out.
#![allow(clippy::unwrap_used)] // a failing test may panic

mod course;
mod order;
mod placing;
mod telling;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{Event, EventKind, Incident, Origin, Phase, Precision, SourceClass, Timeline};
use crate::evidence::{Actor, Record, When};

use super::{Options, build};

/// A line of an invented day: `14:02:05` or `14:02`.
fn at(clock: &str) -> Timestamp {
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    format!("2025-03-15T{clock}{seconds}Z").parse().unwrap()
}

fn record(when: When, source: &str, class: SourceClass, kind: EventKind, text: &str) -> Record {
    Record {
        when,
        until: None,
        precision: Precision::Second,
        zone: None,
        source: source.to_owned(),
        class,
        kind,
        actor: None,
        text: text.to_owned(),
        count: 1,
        thread: None,
        services: Vec::new(),
        keys: Vec::new(),
        labels: BTreeMap::new(),
        origin: Origin { file: format!("{source}.json"), line: 1, permalink: None },
    }
}

fn chat(clock: &str, who: &str, text: &str) -> Record {
    let actor = Some(Actor { name: who.to_owned(), aliases: Vec::new(), bot: false });
    Record { actor, ..record(When::Instant(at(clock)), "slack", SourceClass::Chat, EventKind::Message, text) }
}

fn bot(clock: &str, who: &str, text: &str) -> Record {
    let actor = Some(Actor { name: who.to_owned(), aliases: Vec::new(), bot: true });
    Record { actor, ..chat(clock, who, text) }
}

fn alert(clock: &str, name: &str, service: &str) -> Record {
    let text = format!("{name}: too many errors in {service}");
    let mut record =
        record(When::Instant(at(clock)), "alertmanager", SourceClass::Alerting, EventKind::AlertFired, &text);
    record.labels.insert("alertname".to_owned(), name.to_owned());
    record.services.push(service.to_owned());
    record.keys.push(format!("alert:{name}@{}", at(clock)));
    record
}

fn metric(clock: &str, text: &str) -> Record {
    record(When::Instant(at(clock)), "prometheus", SourceClass::Automated, EventKind::Metric, text)
}

/// Numbers the lines of every file in order, as a reader would.
fn numbered(mut records: Vec<Record>) -> Vec<Record> {
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for record in &mut records {
        let line = lines.entry(record.origin.file.clone()).or_default();
        *line += 1;
        record.origin.line = *line;
    }
    records
}

fn timeline(records: Vec<Record>) -> Timeline {
    build(numbered(records), Incident::default(), &Options::default())
}

fn phase(timeline: &Timeline, phase: Phase) -> Option<String> {
    timeline.phases.get(phase).map(|mark| mark.at.to_string()[11..16].to_owned())
}

fn find<'a>(timeline: &'a Timeline, words: &str) -> &'a Event {
    timeline.events.iter().find(|event| event.text.contains(words)).unwrap()
}
