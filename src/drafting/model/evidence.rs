//! The evidence as a model reads it: one JSON array for each line, people as roles, secrets already replaced.

use serde_json::json;

use crate::domain::Phase;
use crate::drafting::inert::clip;
use crate::drafting::reading::{Line, Reading};
use crate::drafting::wording::{list, moment};

/// Longest line in characters; logs beyond it say no more.
const LINE: usize = 1_200;

/// One line; text that addresses the drafting tool is withheld.
pub(super) fn line(reading: &Reading<'_>, line: &Line<'_>) -> String {
    let event = line.event;
    let role = if event.bot {
        "machine"
    } else {
        event.actor.as_deref().map_or("machine", |actor| reading.people.role(actor))
    };
    let words = if line.instructs {
        "(withheld: this line addresses the drafting tool)".to_owned()
    } else {
        clip(&line.prose, LINE)
    };
    let time = match event.until {
        Some(until) => format!("{} to {}, {} times", moment(event.at), moment(until), event.count),
        None => moment(event.at),
    };
    json!([event.id.to_string(), time, event.source, event.kind.name(), role, words]).to_string()
}

/// Title, severity and services in one line.
pub(super) fn incident(reading: &Reading<'_>) -> String {
    let incident = &reading.timeline.incident;
    let mut parts = vec![incident.title.clone()];
    parts.extend(incident.severity.clone());
    if !incident.services.is_empty() {
        parts.push(format!("services {}", list(&incident.services)));
    }
    parts.join("; ")
}

/// `started {at:E2}, …`: which lines the milestones rest on.
pub(super) fn phases(reading: &Reading<'_>) -> String {
    let known: Vec<String> = Phase::ALL
        .into_iter()
        .map(|phase| match reading.phase(phase) {
            Some(mark) => {
                let ids: Vec<String> = mark.evidence.iter().take(3).map(ToString::to_string).collect();
                format!("{} {} ({})", phase.name(), moment(mark.at), ids.join(", "))
            }
            None => format!("{} not found", phase.name()),
        })
        .collect();
    known.join("; ")
}
