//! What happened, for how long, how it was noticed and how it ended, in one paragraph.

use super::Writer;
use crate::document::SectionKind;
use crate::domain::{ClaimKind, Phase, Trigger};
use crate::drafting::cues::{impact, whys};
use crate::drafting::inert::inert;
use crate::drafting::page::{Page, evidence_of};
use crate::drafting::reading::Reading;
use crate::drafting::sufficiency;
use crate::drafting::wording::{between, capitalised, clock, day, from_to, list, span};

/// A milestone that rests on less is asked about, not told.
const SURE: f64 = 0.5;

pub(super) struct ExecutiveSummary;
pub(super) static ENTRY: ExecutiveSummary = ExecutiveSummary;

impl Writer for ExecutiveSummary {
    fn kind(&self) -> SectionKind {
        SectionKind::ExecutiveSummary
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let mut sentences = Vec::new();
        sentences.extend(course(reading, page));
        sentences.extend(detection(reading, page));
        sentences.extend(change(reading, page));
        sentences.extend(cause(reading, page));
        sentences.extend(recovery(reading, page));
        if let Some(stated) = impact::stated(reading, 1).iter().find(|stated| stated.human)
            && let Some(quote) = reading.quotation(&stated.text, 220)
        {
            sentences
                .extend(page.fact(&format!("On impact, a responder reported {quote}."), &[stated.evidence]));
        }
        if let Some(notice) = sufficiency::notice(reading.timeline) {
            sentences.push(notice);
        }
        if sentences.is_empty() {
            return "The evidence gives neither the course nor the impact of the incident; see Open questions.".to_owned();
        }
        sentences.join(" ")
    }
}

/// The sentences about span and detection, which code alone writes.
pub(crate) fn measured(reading: &Reading<'_>, page: &mut Page<'_>) -> Vec<String> {
    [course(reading, page), detection(reading, page)].into_iter().flatten().collect()
}

/// Services, span and severity.
fn course(reading: &Reading<'_>, page: &mut Page<'_>) -> Option<String> {
    let incident = &reading.timeline.incident;
    let (started, resolved) = (reading.phase(Phase::Started), reading.phase(Phase::Resolved));
    let services: Vec<String> = incident
        .services
        .iter()
        .map(|service| format!("`{}`", service.replace(['`', '\n', '|'], "")))
        .collect();
    let severity =
        incident.severity.as_deref().map(|severity| format!(" ({})", inert(severity))).unwrap_or_default();
    let what = if services.is_empty() {
        format!("The incident{severity}")
    } else {
        format!("The incident{severity} affected {} and", list(&services))
    };
    let sentence = match (started, resolved) {
        (Some(from), Some(to)) => {
            format!("{what} lasted {}, {}.", between(from.at, to.at), from_to(from.at, to.at))
        }
        (Some(from), None) => format!(
            "{what} began at {} UTC on {}; when it ended is an open question.",
            clock(from.at),
            day(from.at)
        ),
        (None, Some(to)) => format!(
            "{what} ended at {} UTC on {}; when it began is an open question.",
            clock(to.at),
            day(to.at)
        ),
        (None, None) => return None,
    };
    page.fact(&sentence, &evidence_of(&[started, resolved]))
}

fn detection(reading: &Reading<'_>, page: &mut Page<'_>) -> Option<String> {
    let detected = reading.phase(Phase::Detected)?;
    let started = reading.phase(Phase::Started).filter(|started| started.at < detected.at);
    let (word, latest) =
        if detected.confidence >= SURE { ("detected", "") } else { ("known", " at the latest") };
    let mut sentence = match started {
        Some(started) => format!(
            "It was {word} at {} UTC{latest}, {} after its start",
            clock(detected.at),
            between(started.at, detected.at)
        ),
        None => format!("It was {word} at {} UTC{latest}", clock(detected.at)),
    };
    if let Some(quote) = detected
        .evidence
        .first()
        .and_then(|id| reading.line(*id))
        .and_then(|line| reading.quotation(line.headline(), 140))
    {
        sentence.push_str(&format!(", by {quote}"));
    }
    let mut marks = vec![started, Some(detected)];
    if let (Some(acknowledged), Some(seconds)) = (
        reading.phase(Phase::Acknowledged).filter(|mark| mark.confidence >= SURE),
        reading.timeline.durations.acknowledge_s.filter(|s| *s > 0),
    ) {
        sentence.push_str(&format!(", and acknowledged {} later", span(seconds)));
        marks.push(Some(acknowledged));
    }
    page.fact(&format!("{sentence}."), &evidence_of(&marks))
}

/// The likeliest trigger: a candidate, said as one.
fn change(reading: &Reading<'_>, page: &mut Page<'_>) -> Option<String> {
    let Trigger { event, reverted_by, .. } = reading.trigger()?;
    let line = reading.line(*event)?;
    let quote = reading.quotation(line.headline(), 140)?;
    let mut evidence = vec![*event];
    let mut sentence =
        format!("A change recorded at {} UTC is a candidate for the trigger: {quote}", clock(line.event.at));
    if let Some(revert) = reverted_by.and_then(|id| reading.line(id)) {
        sentence.push_str(&format!("; it was reverted at {} UTC", clock(revert.event.at)));
        evidence.push(revert.event.id);
    }
    page.cite(ClaimKind::Hypothesis, &format!("{sentence}."), &evidence)
}

/// What people settled on as the cause, when they did.
fn cause(reading: &Reading<'_>, page: &mut Page<'_>) -> Option<String> {
    let answer = whys::settled(reading)?;
    let quote = reading.quotation(&answer.text, 220)?;
    page.fact(&format!("On the cause, somebody reported {quote}."), &answer.evidence)
}

fn recovery(reading: &Reading<'_>, page: &mut Page<'_>) -> Option<String> {
    let mark = reading.phase(Phase::Mitigated).or(reading.phase(Phase::Resolved))?;
    let line = mark.evidence.iter().find_map(|id| reading.line(*id))?;
    let quote = reading.quotation(line.headline(), 160)?;
    let sentence = format!("Recovery is recorded at {} UTC: {quote}.", clock(mark.at));
    page.fact(&capitalised(&sentence), &evidence_of(&[Some(mark)]))
}
