//! The five questions of the recovery assessment, as far as they were answered in a form that can be counted.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::document::{Postmortem, SectionKind};

/// What was said to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    Yes,
    Partly,
    No,
}

/// The questions in their order: a key for front matter, the words that recognise it in a line, and how it is asked.
const QUESTIONS: [(&str, &str, &str); 5] = [
    ("detection_timely", r"(?i)detect\w*.*\b(timely|in time|fast enough|quick)", "Was detection timely?"),
    ("alerts_actionable", r"(?i)alerts?\b.*\b(actionable|useful|clear)", "Were the alerts actionable?"),
    ("ownership_clear", r"(?i)owner\w*.*\bclear", "Was ownership clear?"),
    (
        "tools_useful",
        r"(?i)(tools?|runbooks?)\b.*\b(useful|helpful|work|sufficient)",
        "Were tools and runbooks useful?",
    ),
    ("could_automate", r"(?i)(could|can)\b.*\bautomat", "Could recovery be automated?"),
];

static PATTERNS: LazyLock<Vec<Regex>> =
    LazyLock::new(|| QUESTIONS.iter().filter_map(|(_, words, _)| Regex::new(words).ok()).collect());
static ANSWER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)[?:|–—-]\s*\W*(yes|no|partly|partially|somewhat)\b").ok());

/// Answers to the five questions, and whether recovery itself was automatic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    pub answers: [Option<Answer>; 5],
    /// `Some(true)` for automatic recovery, `Some(false)` for recovery by hand.
    pub automated: Option<bool>,
}

impl Assessment {
    /// How each question is asked.
    pub fn questions() -> impl Iterator<Item = &'static str> {
        QUESTIONS.iter().map(|(_, _, asked)| *asked)
    }

    /// Reads the `recovery` field of the front matter and the lines of the recovery section.
    #[must_use]
    pub(super) fn of(postmortem: &Postmortem) -> Self {
        let mut found = Self::default();
        let field = postmortem
            .front
            .extra
            .get("recovery")
            .or_else(|| postmortem.front.extra.get("recovery_assessment"));
        match field {
            Some(Value::Object(map)) => {
                for (at, (key, _, _)) in QUESTIONS.iter().enumerate() {
                    found.answers[at] = map.get(*key).and_then(answer_of);
                }
                found.automated = map.get("automated").and_then(Value::as_bool).or_else(|| {
                    map.get("type").or_else(|| map.get("kind")).and_then(Value::as_str).and_then(kind)
                });
            }
            Some(Value::String(text)) => found.automated = kind(text),
            _ => {}
        }
        if let Some(text) = postmortem.front.extra.get("recovery_type").and_then(Value::as_str) {
            found.automated = found.automated.or_else(|| kind(text));
        }
        let section = postmortem.section_text(SectionKind::RecoveryAssessment).unwrap_or_default();
        for line in section.lines() {
            let Some(said) = ANSWER.as_ref().and_then(|regex| regex.captures(line)) else { continue };
            let Some(at) = PATTERNS.iter().position(|words| words.is_match(line)) else { continue };
            found.answers[at] = found.answers[at].or_else(|| answer(&said[1]));
        }
        found
    }
}

fn kind(text: &str) -> Option<bool> {
    let text = text.to_lowercase();
    if text.starts_with("auto") {
        Some(true)
    } else if text.starts_with("manual") || text.starts_with("by hand") {
        Some(false)
    } else {
        None
    }
}

fn answer_of(value: &Value) -> Option<Answer> {
    match value {
        Value::Bool(true) => Some(Answer::Yes),
        Value::Bool(false) => Some(Answer::No),
        Value::String(text) => answer(text),
        _ => None,
    }
}

fn answer(text: &str) -> Option<Answer> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" => Some(Answer::Yes),
        "no" | "false" => Some(Answer::No),
        "partly" | "partially" | "somewhat" => Some(Answer::Partly),
        _ => None,
    }
}
