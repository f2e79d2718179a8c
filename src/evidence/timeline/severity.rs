//! The severity that people or tools gave an incident in so many words.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{Event, EventKind, Timeline};
use crate::evidence::pattern;

static LEVEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bsev(?:erity)?[ :=-]{0,2}([0-5])\b"));
/// What is said when a level is given or changed, in contrast to one that is remembered or feared.
static GIVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:declar|upgrad|downgrad|escalat(?:ed|ing) to|rais(?:ed|ing)|lower(?:ed|ing)|bump(?:ed|ing)|severity|(?:this is|call(?:ing)? (?:it|this)|mak(?:e|ing) (?:it|this)|treat(?:ing)? (?:it|this) as|it'?s) (?:now )?an? )",
    )
});
static DOUBTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\?|\b(?:not|isn't|would|could|should|might|maybe|if|last|previous|like the)\b")
});

/// The last level that was given, as `SEV-2`; `None` when nobody gave one.
#[must_use]
pub fn severity(timeline: &Timeline) -> Option<String> {
    let given = timeline.events.iter().rev().find_map(given);
    given.map(|level| format!("SEV-{level}"))
}

fn given(event: &Event) -> Option<String> {
    if matches!(event.kind, EventKind::Log | EventKind::Metric | EventKind::Deploy | EventKind::ChangeMerged)
    {
        return None;
    }
    event.text.lines().flat_map(|line| line.split_inclusive(['.', '?', '!', ';'])).rev().find_map(|clause| {
        let level = LEVEL.captures(clause)?;
        let surely = event.kind == EventKind::Declared || GIVES.is_match(clause);
        (surely && !DOUBTS.is_match(clause)).then(|| level[1].to_owned())
    })
}
