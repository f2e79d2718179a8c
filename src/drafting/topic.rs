//! What a stretch of chat is about: in a review somebody asks, and the lines below answer.

use std::sync::LazyLock;

use jiff::SignedDuration;
use regex::Regex;

use crate::domain::{Event, SourceClass};

/// The questions of a review, as people ask them in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Factors,
    WentWell,
    Improve,
    Lessons,
    Actions,
    Impact,
}

/// How long an unanswered question keeps colouring the lines below it.
const PATIENCE: SignedDuration = SignedDuration::from_mins(45);

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static PROMPTS: LazyLock<Vec<(Topic, Regex)>> = LazyLock::new(|| {
    [
        (Topic::WentWell, r"(?i)\bwh?at\b.{0,20}\b(went|worked|go)\b.{0,10}\b(well|right|good)\b|\bgood things\b|^went well\b"),
        (Topic::Improve, r"(?i)\bwhat\b.{0,25}\b(be(en)? (better|improved)|improve|went (wrong|badly|poorly)|do better|slowed us)\b|^(to improve|could be better)\b"),
        (Topic::Lessons, r"(?i)\bwhat\b.{0,20}\b(did we learn|learned|learnt|lessons?)\b|^(lessons?|learnings?|takeaways?)( learned)?\s*[:?]"),
        (Topic::Actions, r"(?i)\b(proposals?|ideas|suggestions)\b.{0,20}\b(actions?|follow.?ups?|fix)\b|^(action items?|follow.?ups?|next steps|actions)\b\s*[:?,-]?|\bwho does what\b|\bwhat (do|should|can|will) we (do|change|fix)\b.{0,30}\?"),
        (Topic::Factors, r"(?i)\bwhat\b.{0,25}\b(made (this|it)|contributed|led to|allowed|enabled|let)\b|\bhow (could|was|did)\b.{0,25}\b(possible|happen|get (there|through|here))\b|^(contributing factors|factors|conditions)\s*[:?]|\bwhy (did|was|were|could)\b.{0,40}\?"),
        (Topic::Impact, r"(?i)\b(collecting|gathering|what is|what was|need|know)\b.{0,20}\b(the )?impact\b|^impact\s*[:?]"),
    ]
    .into_iter()
    .map(|(topic, pattern)| (topic, Regex::new(pattern).expect("pattern")))
    .collect()
});

/// The topic that a line opens, if it is a question or a heading of a review.
#[must_use]
pub fn opened_by(text: &str) -> Option<Topic> {
    PROMPTS.iter().find(|(_, pattern)| pattern.is_match(text)).map(|(topic, _)| *topic)
}

/// The topic of every event, in the order of `events`: by thread where the source has threads, else by nearness.
/// A line that opens a topic has none itself.
#[must_use]
pub fn topics(events: &[Event]) -> Vec<Option<Topic>> {
    let mut open: Vec<Opened> = Vec::new();
    events.iter().map(|event| topic_of(event, &mut open)).collect()
}

struct Opened {
    topic: Topic,
    thread: Option<String>,
    file: String,
    last: jiff::Timestamp,
}

fn topic_of(event: &Event, open: &mut Vec<Opened>) -> Option<Topic> {
    if !matches!(event.class, SourceClass::Chat | SourceClass::Memory) || event.bot {
        return None;
    }
    if let Some(topic) = opened_by(&event.text) {
        open.push(Opened {
            topic,
            thread: event.thread.clone(),
            file: folder(&event.origin.file).to_owned(),
            last: event.at,
        });
        // "Lesson: …" and "Action: …" open and answer in one breath.
        let answers =
            event.text.split_once([':', '?']).is_some_and(|(_, rest)| rest.split_whitespace().count() >= 6);
        return answers.then_some(topic);
    }
    let mine = open.iter_mut().rev().find(|opened| match (&opened.thread, &event.thread) {
        (Some(asked), Some(here)) => asked == here,
        (None, None) => {
            opened.file == folder(&event.origin.file) && event.at.duration_since(opened.last) <= PATIENCE
        }
        _ => false,
    })?;
    mine.last = event.at;
    Some(mine.topic)
}

/// The channel's folder: one export holds one file a day for each channel.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or(file, |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::testing::checkout_incident;

    #[test]
    fn answers_belong_to_the_question_above_them() {
        let timeline = checkout_incident();
        let topics = topics(&timeline.events);
        let topic = |words: &str| {
            topics[timeline.events.iter().position(|event| event.text.contains(words)).unwrap()]
        };
        assert_eq!(topic("no step for OOM kills"), Some(Topic::Factors));
        assert_eq!(topic("calmed the chats"), Some(Topic::WentWell));
        assert_eq!(topic("policy check"), Some(Topic::Actions));
        assert_eq!(topic("Restarts make no difference"), None);
    }
}
