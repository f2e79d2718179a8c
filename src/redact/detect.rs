//! Runs the register over a text: one cheap pass chooses the detectors of each line, then only they look closer.

use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

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

/// The triggers of the detectors that always look, and of all of them; sets in register order.
static USUAL: LazyLock<Triggers> =
    LazyLock::new(|| Triggers::of(|detector| detector.wanted(&Options::default())));
static EVERY: LazyLock<Triggers> = LazyLock::new(|| Triggers::of(|_| true));
static SECRETS: LazyLock<Triggers> =
    LazyLock::new(|| Triggers::of(|detector| detector.kind() == Kind::Secret));

/// The triggers of some detectors: one expression that finds the next line worth a look, one set that tells for whom.
struct Triggers {
    /// `None` should the triggers not compile: then every detector looks at every line.
    automata: Option<(Regex, RegexSet)>,
    /// Positions of the detectors in the register.
    detectors: Vec<usize>,
}

impl Triggers {
    fn of(chosen: impl Fn(&dyn Detector) -> bool) -> Self {
        let detectors: Vec<usize> = (0..ALL.len()).filter(|&at| chosen(ALL[at])).collect();
        let triggers: Vec<String> =
            detectors.iter().map(|&at| format!("(?:{})", ALL[at].trigger())).collect();
        let any = RegexBuilder::new(&triggers.join("|")).unicode(false).dfa_size_limit(DFA_SIZE).build();
        let set = RegexSetBuilder::new(&triggers).unicode(false).dfa_size_limit(DFA_SIZE).build();
        Self { automata: any.ok().zip(set.ok()), detectors }
    }

    /// The next line at or behind `from` (the start of a line) that somebody has to look at.
    fn next_line(&self, text: &str, from: usize) -> Option<Span> {
        let bytes = text.as_bytes();
        let hit = match &self.automata {
            Some((any, _)) => any.shortest_match_at(bytes, from)?.saturating_sub(1).max(from),
            None => (from < bytes.len()).then_some(from)?,
        };
        let start = bytes[from..hit].iter().rposition(|&byte| byte == b'\n').map_or(from, |at| from + at + 1);
        let end = bytes[hit..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| hit + at + 1);
        Some(Span::new(start, end))
    }

    /// Detectors that have to look at a line.
    fn fired(&self, line: &str) -> Vec<usize> {
        match &self.automata {
            Some((_, set)) => set.matches(line.as_bytes()).into_iter().map(|at| self.detectors[at]).collect(),
            None => self.detectors.clone(),
        }
    }
}

/// Room for the automata, in bytes; beyond it they are slower, not wrong.
const DFA_SIZE: usize = 32 << 20;

/// A mark that an earlier run left.
static MARK: Pattern = LazyLock::new(|| regex::Regex::new(r"\[redacted:([a-z-]+)\]").ok());

/// Secrets and personal data in `text` by the default options, in order, without overlaps.
#[must_use]
pub fn detect(text: &str) -> Vec<Detection> {
    detect_with(text, &Options::default())
}

/// Keys, tokens and passwords in `text` by the default options, in order, without overlaps; nothing else is looked for.
#[must_use]
pub fn detect_secrets(text: &str) -> Vec<Detection> {
    let wanted = ALL.iter().map(|detector| detector.kind() == Kind::Secret).collect();
    detect_by(&SECRETS, wanted, text, &Options::default())
}

/// Secrets and personal data in `text`, in order, without overlaps.
#[must_use]
pub fn detect_with(text: &str, options: &Options) -> Vec<Detection> {
    let wanted = ALL.iter().map(|detector| detector.wanted(options)).collect();
    let usual = *options == Options { allow: options.allow.clone(), ..Options::default() };
    detect_by(if usual { &USUAL } else { &EVERY }, wanted, text, options)
}

/// What the `wanted` detectors find on the lines that the triggers choose for them.
fn detect_by(triggers: &Triggers, wanted: Vec<bool>, text: &str, options: &Options) -> Vec<Detection> {
    let mut whole = vec![false; ALL.len()];
    let mut found = Vec::new();
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(place) = triggers.next_line(text, from) {
        let line = place.of(text);
        for at in triggers.fired(line).into_iter().filter(|&at| wanted[at]) {
            let detector = ALL[at];
            if detector.reach() == Reach::Document {
                whole[at] = true;
                continue;
            }
            detector.find(line, options, &mut spans);
            found.extend(spans.drain(..).map(|span| detection(detector, span.shifted(place.start))));
        }
        from = place.end;
        if from >= text.len() {
            break;
        }
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
