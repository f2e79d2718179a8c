//! What cost time or hid the problem: measured stretches first, then what people said.

use regex::Regex;

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::{EventId, Gap, Phase};
use crate::drafting::page::{Page, evidence_of};
use crate::drafting::reading::{Line, Reading};
use crate::drafting::topic::Topic;
use crate::drafting::wording::{between, clock};

/// A shorter remark says nothing to a reader who was not there.
const FEWEST_WORDS: usize = 4;
/// A detection slower than this many seconds is worth a line.
const SLOW_S: i64 = 300;

pub(super) struct Improve;
pub(super) static ENTRY: Improve = Improve;

impl Writer for Improve {
    fn kind(&self) -> SectionKind {
        SectionKind::Improve
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let mut items = Vec::new();
        if let (Some(started), Some(detected)) =
            (reading.phase(Phase::Started), reading.phase(Phase::Detected))
            && detected.at.as_second() - started.at.as_second() > SLOW_S
        {
            items.extend(page.fact(
                &format!("{} passed between start and detection.", between(started.at, detected.at)),
                &evidence_of(&[Some(started), Some(detected)]),
            ));
        }
        let mut gaps: Vec<&Gap> = reading
            .timeline
            .gaps
            .iter()
            .filter(|gap| reading.during(gap.from) && !unseen(reading, gap))
            .collect();
        gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.seconds), gap.from));
        items.extend(gaps.into_iter().take(2).filter_map(|gap| silence(reading, page, gap)));
        items.extend(remarks(reading, page));
        if items.is_empty() {
            page.ask("What made the response harder than it could be?", "the people who responded");
            return "Nothing on this is stated in the evidence (see Open questions).".to_owned();
        }
        bullets(items)
    }
}

/// Whether nobody knew of the incident during the whole gap; the time to detection says so already.
fn unseen(reading: &Reading<'_>, gap: &Gap) -> bool {
    reading.phase(Phase::Detected).is_some_and(|mark| gap.to <= mark.at)
}

/// A silent stretch with the events on both sides of it as evidence.
fn silence(reading: &Reading<'_>, page: &mut Page<'_>, gap: &Gap) -> Option<String> {
    let last = |line: &Line<'_>| line.event.until.unwrap_or(line.event.at);
    let before = reading
        .lines
        .iter()
        .filter(|line| last(line) <= gap.from)
        .max_by_key(|line| (last(line), line.event.id))?
        .event
        .id;
    let after = reading.lines.iter().find(|line| line.event.at >= gap.to)?.event.id;
    let sentence = format!(
        "No activity is recorded for {}, from {} to {} UTC.",
        between(gap.from, gap.to),
        clock(gap.from),
        clock(gap.to)
    );
    let evidence: [EventId; 2] = [before, after];
    page.fact(&sentence, &evidence)
}

fn remarks(reading: &Reading<'_>, page: &mut Page<'_>) -> Vec<String> {
    let hard = Regex::new(r"(?i)\b(no difference|did(n't| not) help|took (too )?long|had to (find|search|guess|ask)|found out by hand|hard to|not obvious|lost \d+ ?min\w*|(we|i) looked at .{3,40} only|nobody (on|in|at) .{3,40} (could|knew|know)|same (picture|result) )\b").ok();
    let hinders =
        |text: &str| hard.as_ref().is_some_and(|pattern| pattern.is_match(text)) && !text.ends_with('?');
    let score = |line: &Line<'_>| {
        let near = reading.during(line.event.at) || reading.after(line.event.at);
        match line.topic {
            Some(Topic::Improve) if line.is_human() && line.prose.split_whitespace().count() >= 4 => {
                Some(1.0)
            }
            Some(Topic::WentWell | Topic::Actions | Topic::Impact) => None,
            _ if line.is_human() && near => line
                .sentences(hinders)
                .is_some_and(|told| {
                    told.split_whitespace().count() >= FEWEST_WORDS && !line.prose.contains("```")
                })
                .then_some(if reading.over(line.event.at) { 0.8 } else { 0.5 }),
            _ => None,
        }
    };
    let mut found = Vec::new();
    for line in reading.best(5, score) {
        let asked = line.topic == Some(Topic::Improve);
        let Some(quote) =
            line.sentences(|text| asked || hinders(text)).and_then(|text| reading.quotation(&text, 220))
        else {
            continue;
        };
        found.extend(page.fact(&format!("{quote}."), &[line.event.id]));
    }
    found
}
