//! What the evidence leaves open: missing milestones, silent inputs, and what the sections asked on their way.

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::{Claim, ClaimKind, Phase, Verdict};
use crate::drafting::inert::inert;
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;
use crate::drafting::sufficiency;

/// A phase that rests on less than this is asked about.
const SURE: f64 = 0.5;

pub(super) struct OpenQuestions;
pub(super) static ENTRY: OpenQuestions = OpenQuestions;

impl Writer for OpenQuestions {
    fn kind(&self) -> SectionKind {
        SectionKind::OpenQuestions
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        for phase in Phase::ALL {
            match reading.phase(phase) {
                None => page.ask(
                    format!("When was the incident {}?", phase.name()),
                    "monitoring, or the people who responded",
                ),
                Some(mark) if mark.confidence < SURE => page.ask(
                    format!(
                        "Was the incident really {} at {}?",
                        phase.name(),
                        crate::drafting::wording::clock(mark.at)
                    ),
                    "monitoring",
                ),
                Some(_) => {}
            }
        }
        for source in sufficiency::missing_sources(reading.timeline) {
            page.ask(format!("Is there more evidence: {source}?"), "collect it and draft again");
        }
        let unread = reading.timeline.warnings.iter().chain(reading.warnings).take(5);
        for warning in unread {
            page.ask(
                format!(
                    "{}: {}. Does the incident need what is left out?",
                    warning.file,
                    warning.message.trim_end_matches('.')
                ),
                "whoever collected it",
            );
        }
        for line in reading.lines.iter().filter(|line| line.instructs).take(5) {
            page.ask(
                format!(
                    "Who wrote {} and why? It addresses the drafting tool, so no sentence rests on it.",
                    line.event.origin
                ),
                "the owner of that channel or system",
            );
        }
        let questions = std::mem::take(&mut page.questions);
        if questions.is_empty() {
            return "The sections above raised no question.".to_owned();
        }
        for question in &questions {
            page.claims.push(Claim {
                section: self.kind().heading().to_owned(),
                text: question.text.clone(),
                kind: ClaimKind::Question,
                evidence: Vec::new(),
                verdict: Verdict::Unverified,
                reason: Some(format!("answered by: {}", question.settles)),
            });
        }
        bullets(
            questions
                .iter()
                .map(|question| format!("{} *Ask: {}.*", inert(&question.text), inert(&question.settles))),
        )
    }
}
