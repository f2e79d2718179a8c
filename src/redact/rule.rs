//! A detector that is one regular expression and a check.

use std::sync::LazyLock;

use regex::Regex;

use super::{Detector, Kind, Options, Reach};
use crate::text::Span;

/// A lazily compiled regular expression; a test compiles them all.
pub(super) type Pattern = LazyLock<Option<Regex>>;

/// What a pattern finds (its first group if it has one) and a check accepts.
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) kind: Kind,
    pub(super) about: &'static str,
    pub(super) trigger: &'static str,
    pub(super) reach: Reach,
    pub(super) pattern: Pattern,
    /// Sees the text and the range; `false` lets the match stay.
    pub(super) accept: fn(&str, Span) -> bool,
}

/// A check that accepts every match.
pub(super) fn always(_text: &str, _span: Span) -> bool {
    true
}

/// Ranges of a pattern's matches: the first group that took part, else the whole match.
pub(super) fn ranges<'t>(pattern: &'t Pattern, text: &'t str) -> impl Iterator<Item = Span> + 't {
    pattern.as_ref().into_iter().flat_map(move |regex| {
        regex.captures_iter(text).filter_map(|found| {
            let inner = (1..found.len()).find_map(|group| found.get(group)).or_else(|| found.get(0))?;
            Some(Span::from(inner.range()))
        })
    })
}

impl Detector for Rule {
    fn id(&self) -> &'static str {
        self.id
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn trigger(&self) -> &'static str {
        self.trigger
    }

    fn reach(&self) -> Reach {
        self.reach
    }

    fn find(&self, text: &str, _options: &Options, found: &mut Vec<Span>) {
        found.extend(ranges(&self.pattern, text).filter(|&span| (self.accept)(text, span)));
    }
}
