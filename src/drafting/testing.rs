//! Timelines for tests, written as one line for each event: `HH:MM:SS source kind Actor Name: text`.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::{
    Event, EventId, EventKind, Gap, Incident, Origin, PhaseMark, Phases, Precision, SourceClass, Timeline,
};

/// The day on which all test incidents happen, a Friday.
const DAY: &str = "2025-11-28";

/// Events from their lines; phases from the kinds; every record that is no plain message is a key event.
pub(crate) fn timeline(lines: &str) -> Timeline {
    let mut events: Vec<Event> = lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .enumerate()
        .map(|(i, line)| event(i, line.trim()))
        .collect();
    events.sort_by_key(|event| (event.at, event.id));
    let phases = phases(&events);
    let mut timeline = Timeline {
        incident: Incident {
            id: "INC-7".into(),
            title: "Checkout unavailable after a memory limit change".into(),
            severity: Some("SEV-1".into()),
            services: vec!["checkout".into()],
            ..Incident::default()
        },
        durations: phases.durations(),
        phases,
        events,
        ..Timeline::default()
    };
    timeline.gaps = gaps(&timeline);
    timeline
}

pub(crate) fn at(clock: &str) -> Timestamp {
    format!("{DAY}T{clock}Z").parse().unwrap()
}

fn event(index: usize, line: &str) -> Event {
    let mut words = line.splitn(4, ' ');
    let (clock, source, kind, rest) =
        (words.next().unwrap(), words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let (actor, text) = rest.split_once(": ").unwrap();
    let kind: EventKind = serde_json::from_value(kind.into()).unwrap();
    let class = match source {
        "slack" => SourceClass::Chat,
        "pagerduty" | "alertmanager" => SourceClass::Alerting,
        "github" => SourceClass::Deploy,
        "notes" => SourceClass::Memory,
        _ => SourceClass::Automated,
    };
    Event {
        id: EventId(u32::try_from(index + 1).unwrap()),
        at: at(clock),
        until: None,
        precision: Precision::Second,
        source: source.into(),
        class,
        kind,
        role: None,
        actor: (actor != "-").then(|| actor.to_owned()),
        bot: actor == "-",
        text: text.replace("\\n", "\n"),
        count: 1,
        key: kind != EventKind::Message,
        thread: None,
        services: Vec::new(),
        origin: Origin { file: format!("{source}.json"), line: index + 1, permalink: None },
        also: Vec::new(),
        fingerprint: format!("{index:016x}"),
    }
}

fn phases(events: &[Event]) -> Phases {
    let first = |kinds: &[EventKind]| {
        events.iter().find(|event| kinds.contains(&event.kind)).map(|event| PhaseMark {
            at: event.at,
            evidence: vec![event.id],
            confidence: 0.9,
        })
    };
    Phases {
        started: first(&[EventKind::Deploy, EventKind::Log, EventKind::AlertFired]),
        detected: first(&[EventKind::AlertFired]),
        acknowledged: first(&[EventKind::AlertAcknowledged]),
        mitigated: first(&[EventKind::AlertResolved]),
        resolved: first(&[EventKind::Resolved]),
    }
}

fn gaps(timeline: &Timeline) -> Vec<Gap> {
    let (Some(from), Some(to)) = (&timeline.phases.started, &timeline.phases.resolved) else {
        return Vec::new();
    };
    let open: Vec<Timestamp> =
        timeline.events.iter().map(|event| event.at).filter(|at| (from.at..=to.at).contains(at)).collect();
    open.windows(2)
        .map(|pair| Gap { from: pair[0], to: pair[1], seconds: pair[1].as_second() - pair[0].as_second() })
        .filter(|gap| gap.seconds >= 300)
        .collect()
}

/// A whole incident as people collect it: a limit change, kills, restarts that do not help, a revert, a review.
pub(crate) fn checkout_incident() -> Timeline {
    let mut timeline = timeline(CHECKOUT);
    timeline.incident.roles = BTreeMap::from([("commander".to_owned(), "Solveig Brandt".to_owned())]);
    timeline
}

const CHECKOUT: &str = include_str!("../../evals/grounding/checkout.timeline");

/// Runs `check` on the reading of a timeline that passed an unchanged redactor and a silent linter.
pub(crate) fn read(timeline: &Timeline, check: impl FnOnce(&super::reading::Reading<'_>)) {
    let input = super::DraftInput {
        timeline,
        matches: &[],
        warnings: &[],
        tool: "unblame test",
        lint: &|_| Vec::new(),
    };
    check(&super::reading::Reading::new(&input, &mut crate::redact::Redactor::default()));
}
