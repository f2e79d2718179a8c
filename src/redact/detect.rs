//! Runs the register over a text: one cheap pass chooses the detectors of each line, then only they look closer.

use std::sync::LazyLock;

use regex::Regex;
use regex::bytes::{RegexSet, RegexSetBuilder};

use super::detectors::ALL;
use super::rule::Pattern;
use super::{Detector, Kind, Options, Reach};
use crate::text::Span;

/// One place in a text that must not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detection {
    /// Bytes of the text.
    pub span: Span,
    pub kind: Kind,
    /// The detector that found it.
    pub id: &'static str,
}

static TRIGGERS: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    let triggers = ALL.iter().map(|detector| detector.trigger());
    RegexSetBuilder::new(triggers).unicode(false).dfa_size_limit(16 << 20).build().ok()
});
/// A mark that an earlier run left.
static MARK: Pattern = LazyLock::new(|| Regex::new(r"\[redacted:([a-z-]+)\]").ok());

/// Secrets and personal data in `text` by the default options, in order, without overlaps.
#[must_use]
pub fn detect(text: &str) -> Vec<Detection> {
    detect_with(text, &Options::default())
}

/// Secrets and personal data in `text`, in order, without overlaps.
#[must_use]
pub fn detect_with(text: &str, options: &Options) -> Vec<Detection> {
    let wanted: Vec<bool> = ALL.iter().map(|detector| detector.wanted(options)).collect();
    let mut whole = vec![false; ALL.len()];
    let mut found = Vec::new();
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for at in candidates(line) {
            let detector = ALL[at];
            if !wanted[at] {
                continue;
            }
            if detector.reach() == Reach::Document {
                whole[at] = true;
                continue;
            }
            detector.find(line, options, &mut spans);
            found.extend(spans.drain(..).map(|span| detection(detector, span.shifted(start))));
        }
        start += line.len();
    }
    for (detector, _) in ALL.iter().zip(whole).filter(|(_, wanted)| *wanted) {
        detector.find(text, options, &mut spans);
        found.extend(spans.drain(..).map(|span| detection(*detector, span)));
    }
    found.retain(|one| !one.span.is_empty() && !options.allow.iter().any(|kept| kept == one.span.of(text)));
    if !found.is_empty() {
        let marks = marks(text);
        found.retain(|one| !overlaps(&marks, one.span));
    }
    merge(found)
}

/// Detectors whose trigger fires in a line; all of them should the set not have compiled.
fn candidates(line: &str) -> Vec<usize> {
    match TRIGGERS.as_ref() {
        Some(set) if !set.is_match(line.as_bytes()) => Vec::new(),
        Some(set) => set.matches(line.as_bytes()).into_iter().collect(),
        None => (0..ALL.len()).collect(),
    }
}

fn detection(detector: &dyn Detector, span: Span) -> Detection {
    Detection { span, kind: detector.kind(), id: detector.id() }
}

/// Ranges of marks that name a detector; any other bracket is ordinary text.
fn marks(text: &str) -> Vec<Span> {
    MARK.as_ref()
        .into_iter()
        .flat_map(|regex| regex.captures_iter(text))
        .filter(|found| ALL.iter().any(|detector| detector.id() == &found[1]))
        .filter_map(|found| found.get(0).map(|mark| Span::from(mark.range())))
        .collect()
}

/// Whether a range meets one of `sorted`, which are in order and apart.
pub(super) fn overlaps(sorted: &[Span], span: Span) -> bool {
    let at = sorted.partition_point(|other| other.end <= span.start);
    sorted.get(at).is_some_and(|other| other.start < span.end)
}

/// Overlaps become one range under the name of the detector that stands first in the register.
pub(super) fn merge(mut found: Vec<Detection>) -> Vec<Detection> {
    let rank = |id: &str| ALL.iter().position(|detector| detector.id() == id).unwrap_or(ALL.len());
    found.sort_by_key(|one| (one.span.start, one.span.end, rank(one.id)));
    let mut merged: Vec<Detection> = Vec::with_capacity(found.len());
    for one in found {
        match merged.last_mut().filter(|last| one.span.start < last.span.end) {
            Some(last) => {
                let end = last.span.end.max(one.span.end);
                if rank(one.id) < rank(last.id) {
                    (last.id, last.kind) = (one.id, one.kind);
                }
                last.span.end = end;
            }
            None => merged.push(one),
        }
    }
    merged
}
