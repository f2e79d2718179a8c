//! What a detector is.

use super::Options;
use crate::text::Span;

/// Why something must not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Opens a door: keys, tokens, passwords. It never comes back.
    Secret,
    /// Tells of a person.
    Personal,
    /// Tells of customers or of the inside of a network; looked for only when the options say so.
    Internal,
}

impl Kind {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Personal => "personal",
            Self::Internal => "internal",
        }
    }
}

/// How much text a detector has to see at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Line,
    Document,
}

/// Finds one kind of thing that must not leave.
pub trait Detector: Sync {
    /// Name in marks (`[redacted:aws-key]`), counts and configuration.
    fn id(&self) -> &'static str;
    fn kind(&self) -> Kind;
    /// One line for `redact --list` and the documentation.
    fn about(&self) -> &'static str;
    /// A cheap ASCII regular expression; lines without a match are not looked at.
    fn trigger(&self) -> &'static str;
    fn reach(&self) -> Reach {
        Reach::Line
    }
    fn wanted(&self, _options: &Options) -> bool {
        true
    }
    /// Adds the byte ranges to be replaced; they may overlap.
    fn find(&self, text: &str, options: &Options, found: &mut Vec<Span>);
}
