//! The key events as a table, silent stretches included, and where sources disagree.

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::{ClaimKind, Conflict, Event, EventId, EventKind, Gap, Phase, SourceClass};
use crate::drafting::cues::telling;
use crate::drafting::inert::{clip, inert};
use crate::drafting::page::Page;
use crate::drafting::reading::{Line, Reading};
use crate::drafting::wording::{between, capitalised, clock, day};

pub(super) struct Timeline;
pub(super) static ENTRY: Timeline = Timeline;

impl Writer for Timeline {
    fn kind(&self) -> SectionKind {
        SectionKind::Timeline
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let mut table = "| Time (UTC) | Source | Event |\n|---|---|---|".to_owned();
        let mut gaps = reading.timeline.gaps.iter().peekable();
        let mut today = None;
        let mut rows = 0;
        for line in reading.lines.iter().filter(|line| line.event.key) {
            while let Some(gap) = gaps.next_if(|gap| gap.from < line.event.at) {
                table.push_str(&gap_row(gap));
            }
            let Some(cell) = cell(reading, line, page) else { continue };
            let date = day(line.event.at);
            let time = if today.replace(date) == Some(date) {
                clock(line.event.at)
            } else {
                format!("{date} {}", clock(line.event.at))
            };
            table.push_str(&format!("\n| {time} | {} | {cell} |", inert(&line.event.source)));
            rows += 1;
        }
        gaps.for_each(|gap| table.push_str(&gap_row(gap)));
        if rows == 0 {
            page.ask("What happened when?", "the incident channel, alert records and deployment records");
            return "The evidence holds no event with a time that belongs to the incident.".to_owned();
        }
        let conflicts: Vec<String> =
            reading.timeline.conflicts.iter().map(|conflict| disagreement(conflict, page)).collect();
        if conflicts.is_empty() {
            table
        } else {
            format!("{table}\n\nSources that disagree:\n\n{}", bullets(conflicts))
        }
    }
}

fn cell(reading: &Reading<'_>, line: &Line<'_>, page: &mut Page<'_>) -> Option<String> {
    let event = line.event;
    let passing =
        line.prose.ends_with("has joined the channel") || line.prose.ends_with("has left the channel");
    if line.instructs || passing {
        return None;
    }
    let text = if line.is_human() {
        let guess = if event.kind == EventKind::Hypothesis { " (hypothesis)" } else { "" };
        let quote = telling::quotation(reading, line, 180)?;
        match event.actor.as_deref() {
            Some(actor) => format!("{}{guess}: {quote}", capitalised(reading.people.role(actor))),
            None if event.class == SourceClass::Memory => format!("Noted{guess}: {quote}"),
            None => format!("A responder{guess}: {quote}"),
        }
    } else {
        inert(&clip(line.headline(), 180))
    };
    let kind = if event.kind == EventKind::Hypothesis { ClaimKind::Hypothesis } else { ClaimKind::Fact };
    let sentence = format!("{}{text}{}", phase_labels(reading, event.id), repeats(event));
    page.cite(kind, &sentence, &[event.id]).map(|cited| cited.replacen("[^", " [^", 1))
}

/// **Detected** and so on, in front of the first event that a phase rests on.
fn phase_labels(reading: &Reading<'_>, id: EventId) -> String {
    let here = |phase: &&Phase| reading.phase(**phase).is_some_and(|mark| mark.evidence.first() == Some(&id));
    let labels: Vec<&str> = Phase::ALL.iter().filter(here).map(|phase| phase.name()).collect();
    if labels.is_empty() { String::new() } else { format!("**{}.** ", capitalised(&labels.join(" and "))) }
}

fn repeats(event: &Event) -> String {
    match event.until {
        Some(until) if event.count > 1 => format!(" ({} times until {})", event.count, clock(until)),
        None if event.count > 1 => format!(" ({} times)", event.count),
        _ => String::new(),
    }
}

fn gap_row(gap: &Gap) -> String {
    format!(
        "\n| {}–{} | – | *No recorded activity for {}* |",
        clock(gap.from),
        clock(gap.to),
        between(gap.from, gap.to)
    )
}

fn disagreement(conflict: &Conflict, page: &mut Page<'_>) -> String {
    let what = inert(&conflict.what);
    let kept = inert(&conflict.kept);
    page.ask(
        format!("Which time is right: {}?", conflict.what.trim_end_matches(['.', '?'])),
        "whoever owns the two sources",
    );
    format!("{what}; kept: {kept}.{}", page.computed(&conflict.evidence))
}
