//! What one line or object of an artifact says, before times are placed and duplicates merged.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};

use crate::domain::{EventKind, Origin, Precision, SourceClass};

/// A time as its source wrote it; what is missing is filled in later, and said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// An explicit instant: offset, `Z` or epoch.
    Instant(Timestamp),
    /// Date and time without a zone.
    Local(DateTime),
    /// A time of day alone; `day` counts the midnights passed since the first line of its file.
    Clock { time: Time, day: i32 },
}

/// Who acted, under every name the source gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Name to show.
    pub name: String,
    /// Further names of the same one: ids, logins, e-mail addresses.
    pub aliases: Vec<String>,
    pub bot: bool,
}

/// One fact as one source tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub when: When,
    /// End of a range or last repetition.
    pub until: Option<When>,
    pub precision: Precision,
    /// Zone that the file itself names for its times without one (IANA name or fixed offset such as `+01:00`).
    pub zone: Option<String>,
    /// The system: `slack`, `pagerduty`, `alertmanager`, `github`, `kubernetes`, `git`, `notes`, …
    pub source: String,
    pub class: SourceClass,
    pub kind: EventKind,
    pub actor: Option<Actor>,
    /// Plain text, mark-up resolved.
    pub text: String,
    /// How many times the source says it happened, at least 1.
    pub count: u32,
    pub thread: Option<String>,
    pub services: Vec<String>,
    /// Identities of the fact, `<namespace>:<id>`: `alert:<fingerprint>@<start>`, `pd:<incident>`, `pr:4521`,
    /// `sha:<7 hex>`, `slack:<channel>/<ts>`. Equal keys in one namespace mean the same fact when the kinds agree.
    pub keys: Vec<String>,
    /// Further fields worth keeping: severity, environment, alert labels, new status, subtype.
    pub labels: BTreeMap<String, String>,
    pub origin: Origin,
}
