//! What helped, as measured and as said.

use regex::Regex;

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::{EventKind, Phase, PhaseMark};
use crate::drafting::page::{Page, evidence_of};
use crate::drafting::reading::{Line, Reading};
use crate::drafting::topic::Topic;
use crate::drafting::wording::span;

/// An acknowledgement within this many seconds is worth a line.
const PROMPT_S: i64 = 300;

pub(super) struct WentWell;
pub(super) static ENTRY: WentWell = WentWell;

impl Writer for WentWell {
    fn kind(&self) -> SectionKind {
        SectionKind::WentWell
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let mut items = Vec::new();
        if let (Some(seconds), Some(detected), Some(acknowledged)) = (
            reading.timeline.durations.acknowledge_s.filter(|s| (1..=PROMPT_S).contains(s)),
            reading.phase(Phase::Detected).filter(|mark| is_alert(reading, mark)),
            reading.phase(Phase::Acknowledged),
        ) {
            items.extend(page.fact(
                &format!("The alert was acknowledged after {}.", span(seconds)),
                &evidence_of(&[Some(detected), Some(acknowledged)]),
            ));
        }
        items.extend(remarks(reading, page));
        if items.is_empty() {
            page.ask("What went well in the response?", "the people who responded");
            return "Nothing on this is stated in the evidence (see Open questions).".to_owned();
        }
        bullets(items)
    }
}

/// Whether an alert raised it, so that there was something to acknowledge.
fn is_alert(reading: &Reading<'_>, detected: &PhaseMark) -> bool {
    detected
        .evidence
        .iter()
        .filter_map(|id| reading.line(*id))
        .any(|line| line.event.kind == EventKind::AlertFired)
}

fn remarks(reading: &Reading<'_>, page: &mut Page<'_>) -> Vec<String> {
    let praise = Regex::new(r"(?i)\b(went well|worked (well|as designed)|helped|liked|quick(ly)?|early|calm\w*|clean|smooth\w*|in under|within minutes|fast)\b").ok();
    let praises =
        |text: &str| praise.as_ref().is_some_and(|pattern| pattern.is_match(text)) && !text.ends_with('?');
    let score = |line: &Line<'_>| match line.topic {
        Some(Topic::WentWell) if line.is_human() && line.prose.split_whitespace().count() >= 4 => Some(1.0),
        Some(Topic::Actions | Topic::Factors | Topic::Impact | Topic::Improve) => None,
        _ if line.is_human()
            && reading.after(line.event.at)
            && line.sentences(praises).is_some()
            && line.prose.split_whitespace().count() >= 6 =>
        {
            Some(0.3)
        }
        _ => None,
    };
    let mut found = Vec::new();
    for line in reading.best(5, score) {
        let asked = line.topic == Some(Topic::WentWell);
        let Some(quote) =
            line.sentences(|text| asked || praises(text)).and_then(|text| reading.quotation(&text, 220))
        else {
            continue;
        };
        found.extend(page.fact(&format!("{quote}."), &[line.event.id]));
    }
    found
}
