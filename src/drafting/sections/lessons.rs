//! Lessons that people drew themselves; the tool draws none.

use regex::Regex;

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::drafting::page::Page;
use crate::drafting::reading::{Line, Reading};
use crate::drafting::topic::Topic;

pub(super) struct Lessons;
pub(super) static ENTRY: Lessons = Lessons;

impl Writer for Lessons {
    fn kind(&self) -> SectionKind {
        SectionKind::Lessons
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let lesson = Regex::new(
            r"(?i)\b(lessons?|takeaways?|learned|learnt|next time|from now on|worth remembering)\b",
        )
        .ok();
        let teaches = |text: &str| {
            lesson.as_ref().is_some_and(|pattern| pattern.is_match(text)) && !text.ends_with('?')
        };
        let score = |line: &Line<'_>| {
            let said = line.is_human()
                && line.prose.split_whitespace().count() >= 5
                && (reading.after(line.event.at) || line.topic.is_some());
            (said && (line.topic == Some(Topic::Lessons) || line.sentences(teaches).is_some())).then_some(1.0)
        };
        let mut items = Vec::new();
        for line in reading.best(5, score) {
            let asked = line.topic == Some(Topic::Lessons);
            let Some(quote) =
                line.sentences(|text| asked || teaches(text)).and_then(|text| reading.quotation(&text, 220))
            else {
                continue;
            };
            items.extend(page.fact(&format!("{quote}."), &[line.event.id]));
        }
        if items.is_empty() {
            page.ask("What did the incident teach about the system?", "the review");
            return "No lesson is stated in the evidence; the review draws them (see Open questions)."
                .to_owned();
        }
        bullets(items)
    }
}
