//! Whether there is enough evidence to summarise, and what to collect when there is not.

use std::collections::BTreeSet;

use super::wording::list;
use crate::domain::{SourceClass, Timeline};

/// Fewer events than this tell no story.
const EVENTS: usize = 6;
/// Fewer words than this make a model fill the gaps: about 200 tokens.
const WORDS: usize = 120;

/// Whether a summary in free words can rest on this evidence.
#[must_use]
pub fn enough(timeline: &Timeline) -> bool {
    timeline.events.len() >= EVENTS && words(timeline) >= WORDS
}

fn words(timeline: &Timeline) -> usize {
    timeline.events.iter().map(|event| event.text.split_whitespace().count()).sum()
}

/// What to collect next: the kinds of source that are absent.
#[must_use]
pub fn missing_sources(timeline: &Timeline) -> Vec<&'static str> {
    let present: BTreeSet<SourceClass> = timeline.events.iter().map(|event| event.class).collect();
    [
        (SourceClass::Chat, "the chat export of the incident channel"),
        (SourceClass::Alerting, "alert and on-call records"),
        (SourceClass::Deploy, "deployment and merge records"),
        (SourceClass::Automated, "logs or metrics"),
    ]
    .into_iter()
    .filter(|(class, _)| !present.contains(class))
    .map(|(_, what)| what)
    .collect()
}

/// A sentence for the summary when the evidence is thin.
#[must_use]
pub fn notice(timeline: &Timeline) -> Option<String> {
    if enough(timeline) {
        return None;
    }
    let missing = missing_sources(timeline);
    let collect = if missing.is_empty() { "more of each source".to_owned() } else { list(&missing) };
    Some(format!(
        "**The evidence is thin** ({} events, {} words): collect {collect}, then draft again.",
        timeline.events.len(),
        words(timeline)
    ))
}
