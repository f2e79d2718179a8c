//! The nouns of an incident: plain data that every wing speaks, with the invariants in their constructors.

mod action;
mod claim;
mod decision;
mod event;
mod finding;
mod incident;
mod matching;
mod pattern;
mod period;
mod timeline;
mod warning;

pub use action::{ActionItem, ActionKind, ActionStatus, Priority};
pub use claim::{Claim, ClaimKind, Verdict};
pub use decision::{Decision, DecisionVerdict};
pub use event::{Event, EventId, EventKind, Origin, Precision, Role, SourceClass};
pub use finding::{Finding, Fix, Severity};
pub use incident::{FactorCategory, Incident, PastIncident};
pub use matching::{Match, MatchVerdict, Shared};
pub use pattern::{Pattern, PatternState, PatternView, Patterns};
pub use period::{Period, PeriodError};
pub use timeline::{
    Conflict, Durations, Gap, Phase, PhaseMark, Phases, SourceFile, Timeline, Trigger, WENT_ON,
};
pub use warning::Warning;
