//! The offline drafter: every section from the evidence alone, quoted, computed or asked.

use jiff::Timestamp;

use super::ground::Ledger;
use super::page::Page;
use super::reading::Reading;
use super::sections;
use super::{Draft, DraftInput, Usage};
use crate::document::{FrontMatter, Postmortem, Section, Status};
use crate::domain::PhaseMark;
use crate::drafting::inert::{inert, plain_line};
use crate::redact::Redactor;

/// What stands above the first section of every draft.
pub(super) const NOTICE: &str = "> Draft from collected evidence, to be reviewed. Sentences with a footnote were checked against it; the rest needs a person.";

/// Drafts a postmortem without a model. The same input gives the same document.
pub fn draft(input: &DraftInput<'_>, redactor: &mut Redactor) -> Draft {
    let reading = Reading::new(input, redactor);
    let ledger = Ledger::new(input.timeline, redactor);
    let mut page = Page::new(&ledger);
    let mut written = Vec::new();
    for writer in sections::ALL {
        page.open(writer.kind());
        let body = writer.write(&reading, &mut page);
        written.push(Section::new(writer.kind(), body));
    }
    let claims = page.claims;
    let mut front = front_matter(input, redactor);
    front.generated = vec![
        ("by".into(), input.tool.to_owned()),
        ("model".into(), "none".into()),
        ("prompts".into(), "none".into()),
        ("evidence".into(), evidence_note(input, redactor)),
    ];
    let title = front.title.clone().unwrap_or_else(|| "Incident".to_owned());
    let postmortem =
        Postmortem { front, title: inert(&title), preamble: NOTICE.to_owned(), sections: written };
    Draft { postmortem, claims, fallbacks: Vec::new(), usage: Usage::default() }
}

/// `143 events from 6 files, redacted: 3`.
pub(super) fn evidence_note(input: &DraftInput<'_>, redactor: &Redactor) -> String {
    let timeline = input.timeline;
    let files = if timeline.sources.is_empty() {
        let mut files: Vec<&str> = timeline.events.iter().map(|event| event.origin.file.as_str()).collect();
        files.sort_unstable();
        files.dedup();
        files.len()
    } else {
        timeline.sources.iter().filter(|source| source.records > 0).count()
    };
    let redacted: usize = redactor.counts().values().sum();
    format!("{} events from {files} files, redacted: {redacted}", timeline.events.len())
}

/// Fractions of a second only keep lines of one moment in order.
fn whole_second(mark: Option<&PhaseMark>) -> Option<Timestamp> {
    mark.map(|mark| Timestamp::from_second(mark.at.as_second()).unwrap_or(mark.at))
}

/// The head of the document: what is known of the incident and its milestones.
pub(super) fn front_matter(input: &DraftInput<'_>, redactor: &mut Redactor) -> FrontMatter {
    let incident = &input.timeline.incident;
    let phases = &input.timeline.phases;
    let mut clean = |text: &str| plain_line(redactor.redact(text).as_str());
    let given = |text: String| (!text.is_empty()).then_some(text);
    FrontMatter {
        id: given(clean(&incident.id)),
        title: given(clean(&incident.title)),
        status: Some(Status::Draft),
        severity: incident.severity.as_deref().map(&mut clean).and_then(given),
        services: incident.services.iter().map(|service| clean(service)).collect(),
        teams: incident.teams.iter().map(|team| clean(team)).collect(),
        started_at: whole_second(phases.started.as_ref()),
        detected_at: whole_second(phases.detected.as_ref()),
        acknowledged_at: whole_second(phases.acknowledged.as_ref()),
        mitigated_at: whole_second(phases.mitigated.as_ref()),
        resolved_at: whole_second(phases.resolved.as_ref()),
        ..FrontMatter::default()
    }
}
