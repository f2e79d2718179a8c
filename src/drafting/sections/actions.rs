//! Candidate actions as people proposed them; every one is proposed until a person accepts it.

use super::Writer;
use crate::document::SectionKind;
use crate::domain::ActionStatus;
use crate::drafting::cues::commitment::Candidate;
use crate::drafting::inert::{clip, inert};
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;

pub(super) struct Actions;
pub(super) static ENTRY: Actions = Actions;

/// A cell that nobody filled.
const UNSAID: &str = "–";

impl Writer for Actions {
    fn kind(&self) -> SectionKind {
        SectionKind::Actions
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let mut rows = Vec::new();
        for candidate in &reading.actions {
            if reading.quotation(&candidate.action, 240).is_none() {
                continue;
            }
            let Some(action) = page.fact(&inert(&clip(&candidate.action, 240)), &candidate.evidence) else {
                continue;
            };
            let id = format!("{}-{:02}", identifier(&reading.timeline.incident.id), rows.len() + 1);
            if candidate.owner.is_none() {
                page.ask(format!("Who owns action {id}?"), "the review");
            }
            if candidate.due.is_none() {
                page.ask(format!("When is action {id} due?"), "its owner");
            }
            rows.push(row(&id, &action.replacen("[^", " [^", 1), candidate));
        }
        if rows.is_empty() {
            page.ask(
                "Which actions follow from the incident, who owns each, and when is it due?",
                "the review",
            );
            return "No action is proposed in the evidence; the review decides on them (see Open questions)."
                .to_owned();
        }
        let head = "| ID | Action | Type | Priority | Owner | Due | Status | Tracking | Verification |\n|---|---|---|---|---|---|---|---|---|";
        format!("{head}\n{}", rows.join("\n"))
    }
}

fn row(id: &str, action: &str, candidate: &Candidate) -> String {
    let text = |value: Option<&String>| value.map_or(UNSAID.to_owned(), |value| inert(value));
    let cells = [
        id.to_owned(),
        action.to_owned(),
        candidate.kind.name().to_owned(),
        candidate.priority.map_or(UNSAID.to_owned(), |priority| format!("{priority:?}")),
        text(candidate.owner.as_ref()),
        candidate.due.map_or(UNSAID.to_owned(), |due| due.to_string()),
        ActionStatus::Proposed.name().to_owned(),
        text(candidate.tracking.as_ref()),
        text(candidate.verification.as_ref()),
    ];
    format!("| {} |", cells.join(" | "))
}

/// The incident id with nothing that a table or an id reader would trip over.
fn identifier(id: &str) -> String {
    let kept: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if kept.is_empty() { "ACTION".to_owned() } else { kept }
}
