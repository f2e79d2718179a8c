//! What a caller may say about the timeline beside the incident itself.

use jiff::{SignedDuration, Timestamp};

use crate::evidence::roles::Roles;

/// Settings of [`super::build`]; what is `None` falls back to the incident, then to what the evidence itself says.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// IANA name or fixed offset for times that carry no zone; wins over `incident.timezone`.
    pub timezone: Option<String>,
    /// Only what happened in this span is kept; wins over `incident.window`.
    pub window: Option<(Timestamp, Timestamp)>,
    /// When the evidence is read: the latest time that lines can be about whose day nothing tells. Without it they are
    /// left out.
    pub now: Option<Timestamp>,
    /// Shortest silence that counts as a gap; by default 8 minutes or a tenth of the incident, whichever is longer.
    pub gap: Option<SignedDuration>,
    /// How chat lines get their roles; by default the rules with the shipped model.
    pub roles: Roles,
}
