//! Who and what was hit: the computed span, quoted numbers, and what nobody stated.

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::Phase;
use crate::drafting::cues::impact::{self, Aspect};
use crate::drafting::cues::symptom::symptoms;
use crate::drafting::page::{Page, evidence_of};
use crate::drafting::reading::Reading;
use crate::drafting::wording::{between, capitalised, from_to, list};

/// More reports than these repeat each other.
const SYMPTOMS: usize = 3;

pub(super) struct Impact;
pub(super) static ENTRY: Impact = Impact;

impl Writer for Impact {
    fn kind(&self) -> SectionKind {
        SectionKind::Impact
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let mut items: Vec<String> = Vec::new();
        items.extend(duration(reading, page));
        let stated = impact::stated(reading, 3);
        for (line, text) in symptoms(reading, SYMPTOMS) {
            if stated.iter().any(|stated| stated.evidence == line.event.id) {
                continue;
            }
            if let Some(quote) = reading.quotation(&text, 280) {
                items.extend(page.fact(&format!("As reported: {quote}."), &[line.event.id]));
            }
        }
        for aspect in Aspect::ALL {
            let mut answered = false;
            for stated in stated.iter().filter(|stated| stated.aspects.contains(&aspect)) {
                answered = true;
                // One sentence with two numbers is shown once, under both names.
                if stated.aspects.first() != Some(&aspect) {
                    continue;
                }
                let Some(quote) = reading.quotation(&stated.text, 280) else { continue };
                let guess = if stated.estimate { " (an estimate)" } else { "" };
                let labels: Vec<String> =
                    stated.aspects.iter().map(|aspect| aspect.label().to_lowercase()).collect();
                items.extend(
                    page.fact(
                        &format!("{}: {quote}{guess}.", capitalised(&list(&labels))),
                        &[stated.evidence],
                    ),
                );
            }
            if let Some((question, settles)) = aspect.question().filter(|_| !answered) {
                items.push(format!(
                    "{}: **not stated in the evidence** (see Open questions).",
                    aspect.label()
                ));
                page.ask(question, settles);
            }
        }
        bullets(items)
    }
}

fn duration(reading: &Reading<'_>, page: &mut Page<'_>) -> Option<String> {
    let started = reading.phase(Phase::Started)?;
    let (end, word) = match (reading.phase(Phase::Mitigated), reading.phase(Phase::Resolved)) {
        (Some(mitigated), _) => (mitigated, "mitigation"),
        (None, Some(resolved)) => (resolved, "resolution"),
        (None, None) => return None,
    };
    let sentence =
        format!("From start to {word}: {}, {}.", between(started.at, end.at), from_to(started.at, end.at));
    page.fact(&sentence, &evidence_of(&[Some(started), Some(end)]))
}
