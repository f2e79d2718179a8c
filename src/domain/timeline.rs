//! The merged timeline of one incident: events, phases, gaps and conflicts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Event, EventId, Incident, Warning};

/// The milestones of an incident, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Started,
    Detected,
    Acknowledged,
    Mitigated,
    Resolved,
}

impl Phase {
    pub const ALL: [Self; 5] =
        [Self::Started, Self::Detected, Self::Acknowledged, Self::Mitigated, Self::Resolved];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Detected => "detected",
            Self::Acknowledged => "acknowledged",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
        }
    }
}

/// When a phase began and what says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhaseMark {
    pub at: Timestamp,
    pub evidence: Vec<EventId>,
    /// 0 to 1.
    pub confidence: f64,
}

/// The five milestones; `None` means that the evidence does not tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Phases {
    pub started: Option<PhaseMark>,
    pub detected: Option<PhaseMark>,
    pub acknowledged: Option<PhaseMark>,
    pub mitigated: Option<PhaseMark>,
    pub resolved: Option<PhaseMark>,
}

impl Phases {
    #[must_use]
    pub fn get(&self, phase: Phase) -> Option<&PhaseMark> {
        match phase {
            Phase::Started => self.started.as_ref(),
            Phase::Detected => self.detected.as_ref(),
            Phase::Acknowledged => self.acknowledged.as_ref(),
            Phase::Mitigated => self.mitigated.as_ref(),
            Phase::Resolved => self.resolved.as_ref(),
        }
    }

    /// Detection = detected − started, acknowledge = acknowledged − detected, mitigate = mitigated − started,
    /// response = resolved − detected, total = resolved − started; in seconds, `None` where a milestone is missing.
    #[must_use]
    pub fn durations(&self) -> Durations {
        let between = |from: &Option<PhaseMark>, to: &Option<PhaseMark>| match (from, to) {
            (Some(from), Some(to)) => Some(to.at.as_second() - from.at.as_second()),
            _ => None,
        };
        Durations {
            detection_s: between(&self.started, &self.detected),
            acknowledge_s: between(&self.detected, &self.acknowledged),
            mitigate_s: between(&self.started, &self.mitigated),
            response_s: between(&self.detected, &self.resolved),
            total_s: between(&self.started, &self.resolved),
        }
    }
}

/// Spans between milestones in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Durations {
    pub detection_s: Option<i64>,
    pub acknowledge_s: Option<i64>,
    pub mitigate_s: Option<i64>,
    pub response_s: Option<i64>,
    pub total_s: Option<i64>,
}

/// Nobody and nothing was recorded for a while although the incident was open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    pub from: Timestamp,
    pub to: Timestamp,
    pub seconds: i64,
}

/// Two sources tell one thing differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    pub evidence: Vec<EventId>,
    pub what: String,
    /// Which one was kept, and why.
    pub kept: String,
}

/// How the reason ends that speaks against a candidate: taking the change back did not help.
pub const WENT_ON: &str = "and the trouble went on";

/// A change that may have set the incident off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    pub event: EventId,
    /// 0 to 1, higher is likelier.
    pub score: f64,
    /// Why it is a candidate: time, service, reverted later.
    pub why: Vec<String>,
    pub reverted_by: Option<EventId>,
}

/// One file of the incident folder and what was made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceFile {
    pub file: String,
    /// Id of the format it was read as; `None` when it was not recognised.
    pub format: Option<String>,
    /// Records read from it.
    pub records: usize,
}

/// Everything code found out about what happened when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    pub incident: Incident,
    pub phases: Phases,
    pub durations: Durations,
    /// Ordered by time, then id.
    pub events: Vec<Event>,
    pub gaps: Vec<Gap>,
    pub conflicts: Vec<Conflict>,
    /// Likeliest first.
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    #[serde(default)]
    pub sources: Vec<SourceFile>,
    pub warnings: Vec<Warning>,
}

impl Timeline {
    #[must_use]
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.iter().find(|event| event.id == id)
    }

    /// The events a reader of the draft sees.
    pub fn key_events(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.key)
    }
}
