//! Questions that nobody has answered.

use std::sync::LazyLock;

use regex::Regex;

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::document::SectionKind;
use crate::text::sentences;

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
        // "Is this a repeat of INC-3?" is answered by the decision.
        let decided: Vec<String> =
            reading.decided().into_iter().map(|other| format!("a repeat of {other}?")).collect();
        let is_decided =
            |item: &str| decided.iter().any(|question| item.replace('\\', "").contains(question));
        reading
            .items(SectionKind::OpenQuestions)
            .into_iter()
            .filter(|item| !is_answered(item) && !is_decided(item))
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
                    help: "write `- **Answer:** …` below the question, or delete it if it does not matter"
                        .to_owned(),
                }
            })
            .collect()
    }
}

/// Ticked, struck out, or followed by words that ask nothing themselves.
fn is_answered(item: &str) -> bool {
    let plain = ASK.as_ref().map_or_else(|| item.into(), |regex| regex.replace_all(item, ""));
    let says = |text: &str| text.chars().any(char::is_alphanumeric);
    if plain.contains("[x]") || plain.contains("[X]") || plain.contains("~~") {
        return true;
    }
    if let Some((_, answer)) = plain.split_once("Answer:") {
        return says(answer);
    }
    let behind = match plain.split_once('?') {
        Some((_, behind)) => behind,
        // A question that is worded as a statement ends with its line.
        None => plain.split_once('\n').map_or("", |(_, below)| below),
    };
    sentences(behind)
        .iter()
        .map(|span| span.of(behind).trim_end())
        .any(|text| says(text) && !text.ends_with('?'))
}

#[cfg(test)]
mod tests {
    use super::is_answered;

    #[test]
    fn an_answer_says_something_and_asks_nothing() {
        for answered in [
            "- How many? 1,204.",
            "- How many? Was it 5? No: 1,204, why not?\n  counted twice",
            "- Name the owner of the shared base. *Ask: platform.*\n  - **Answer:** the platform team",
            "- Name the owner of the shared base.\n  The platform team.",
            "- [x] How many?",
            "- ~~How many?~~",
        ] {
            assert!(is_answered(answered), "{answered}");
        }
        for open in [
            "- How many? *Ask: support.*",
            "- How many? And who?",
            "- How many?\n  - **Answer:**",
            "- Name the owner of the shared base. *Ask: platform.*",
        ] {
            assert!(!is_answered(open), "{open}");
        }
    }
}
