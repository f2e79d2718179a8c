//! Questions that nobody has answered.

use std::sync::LazyLock;

use regex::Regex;

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::document::SectionKind;

pub(super) struct OpenQuestions;
pub(super) static ENTRY: OpenQuestions = OpenQuestions;

/// Who could answer: the tool's own addition to a question.
static ASK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[*_]Ask:[^*_]*[*_]").ok());

impl Check for OpenQuestions {
    fn id(&self) -> &'static str {
        "open-questions"
    }

    fn about(&self) -> &'static str {
        "Every open question has an answer behind or below it, a ticked box, or is gone"
    }

    fn since(&self) -> Stage {
        Stage::Final
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let from = reading.line_of(SectionKind::OpenQuestions);
        reading
            .items(SectionKind::OpenQuestions)
            .into_iter()
            .filter(|item| !is_answered(item))
            .map(|item| {
                let first = item.lines().next().unwrap_or_default();
                let question = first
                    .trim_start_matches(['-', '*', '+', ' '])
                    .split_inclusive('?')
                    .next()
                    .unwrap_or_default();
                Obstacle {
                    line: reading.line_with(first, from),
                    check: self.id(),
                    message: format!("not answered: {}", question.trim()),
                    help: "write the answer behind the question, or delete it if it does not matter"
                        .to_owned(),
                }
            })
            .collect()
    }
}

/// Ticked, struck out, or followed by words of its own.
fn is_answered(item: &str) -> bool {
    let plain = ASK.as_ref().map_or_else(|| item.into(), |regex| regex.replace_all(item, ""));
    let ticked = plain.contains("[x]") || plain.contains("[X]") || plain.contains("~~");
    let answer = plain.rsplit_once('?').map_or("", |(_, answer)| answer);
    ticked || answer.chars().any(char::is_alphanumeric)
}
