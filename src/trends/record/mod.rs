//! What the metrics see of one postmortem: checked times, normal names, and the faults found on the way.

mod assessment;
mod fault;
mod lines;
mod names;
mod read;
mod rubric;
mod times;

pub use assessment::{Answer, Assessment};
pub use fault::Fault;
pub use names::{detection_source, severity_level};
pub use read::{ReadOptions, read};
pub use rubric::{Quality, Telemetry};

use jiff::Timestamp;

use crate::document::Factor;
use crate::domain::ActionItem;

/// A span that the report measures, defined by its two milestones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    Detect,
    Acknowledge,
    Mitigate,
    Resolve,
}

impl Span {
    pub const ALL: [Self; 4] = [Self::Detect, Self::Acknowledge, Self::Mitigate, Self::Resolve];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Acknowledge => "acknowledge",
            Self::Mitigate => "mitigate",
            Self::Resolve => "resolve",
        }
    }

    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Self::Detect => "detected − started",
            Self::Acknowledge => "acknowledged − detected",
            Self::Mitigate => "mitigated − started",
            Self::Resolve => "resolved − started",
        }
    }
}

/// What a document says of a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Duration {
    /// Seconds, never negative.
    Known(f64),
    /// A milestone is not given.
    Missing,
    /// It had not ended when the document was written.
    Open,
    /// Its milestones contradict each other; a fault says how.
    Excluded,
}

/// A service level objective as the document gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    pub name: String,
    /// Percent.
    pub target: Option<f64>,
    pub breached: Option<bool>,
    /// Share of the error budget that the incident used up, in percent.
    pub budget_used: Option<f64>,
}

/// One postmortem.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub id: String,
    pub title: String,
    /// File it was read from.
    pub path: String,
    /// Where a reader of the report finds the file; the path unless the caller knows better.
    pub link: String,
    /// Line of its id, or 1.
    pub line: usize,
    /// Start of the incident, or of its day where only that is known; decides the quarter.
    pub started: Option<Timestamp>,
    /// Whether `started` has a time of day.
    pub exact_start: bool,
    pub resolved: Option<Timestamp>,
    pub published: Option<Timestamp>,
    /// `SEV-1` … `SEV-5`; `None` where it is missing or unknown.
    pub severity: Option<String>,
    pub services: Vec<String>,
    pub teams: Vec<String>,
    pub detection: Option<String>,
    pub spans: [Duration; 4],
    pub repeat_of: Vec<String>,
    pub actions: Vec<ActionItem>,
    pub factors: Vec<Factor>,
    pub customers: Option<u64>,
    pub objectives: Vec<Objective>,
    /// Roles named in the head of the document; who held them is not kept.
    pub roles: Vec<String>,
    pub quality: Quality,
    pub telemetry: Telemetry,
    pub assessment: Assessment,
    pub faults: Vec<Fault>,
}

impl Record {
    #[must_use]
    pub fn span(&self, span: Span) -> Duration {
        self.spans[span as usize]
    }

    /// Seconds of a span, where it is known.
    #[must_use]
    pub fn seconds(&self, span: Span) -> Option<f64> {
        match self.span(span) {
            Duration::Known(seconds) => Some(seconds),
            _ => None,
        }
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        self.span(Span::Resolve) == Duration::Open
    }
}
