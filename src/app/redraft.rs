//! Drafts again from more evidence and merges the result into the file as people edited it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::draft::{DraftRequest, draft};
use super::{Error, IntakeRequest, ModelRequest};
use crate::config::Settings;
use crate::desk::merge::{Conflict, merge};
use crate::document;
use crate::domain::{Event, EventId, Origin, Timeline, Warning};
use crate::redact::Redactor;
use crate::store::{self, Overwrite};

/// What is drafted again, and into which file.
#[derive(Clone, Debug, Default)]
pub struct RedraftRequest {
    /// The edited draft.
    pub file: PathBuf,
    pub intake: IntakeRequest,
    pub history: Vec<PathBuf>,
    /// The text as it was generated, where it was not remembered.
    pub base: Option<PathBuf>,
    /// Merges and writes nothing.
    pub dry_run: bool,
    pub model: ModelRequest,
}

/// What became of the file.
#[derive(Clone, Debug, Serialize)]
pub struct RedraftReport {
    pub path: PathBuf,
    /// Claims, rows and lines of people's own that were kept.
    pub kept: usize,
    /// Claims, rows and lines taken from the new draft.
    pub updated: usize,
    pub conflicts: Vec<ShownConflict>,
    #[serde(skip)]
    pub document: String,
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

/// A conflict as JSON shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownConflict {
    pub number: usize,
    pub section: String,
    pub ours: String,
    pub theirs: String,
}

impl From<Conflict> for ShownConflict {
    fn from(conflict: Conflict) -> Self {
        Self {
            number: conflict.number,
            section: conflict.section,
            ours: conflict.ours,
            theirs: conflict.theirs,
        }
    }
}

/// Drafts again, merges, writes.
///
/// # Errors
/// A file that cannot be read, evidence that cannot be read, or no memory of what was generated.
pub fn redraft(
    request: &RedraftRequest,
    settings: &Settings,
    progress: &dyn Fn(&str),
) -> Result<RedraftReport, Error> {
    let ours = store::read_text(&request.file)?;
    let id = id_of(&request.file, &ours);
    let remembered = store::recall(&request.file, &id)?;
    let base = match (&request.base, &remembered) {
        (Some(path), _) => store::read_text(path)?,
        (None, Some(remembered)) => remembered.base.clone(),
        (None, None) => {
            return Err(Error::input(
                format!(
                    "{}: what was generated is not known, so edits cannot be told from generated text",
                    request.file.display()
                ),
                "pass the draft as it was generated with --base FILE, or draft into a new file with `unblame draft … -o NEW.md`",
            ));
        }
    };
    let before = remembered.map(|remembered| remembered.events).unwrap_or_default();
    let mut report = draft(
        &DraftRequest {
            intake: request.intake.clone(),
            history: request.history.clone(),
            output: Some(PathBuf::from("-")),
            force: false,
            model: request.model.clone(),
            before: before.clone(),
        },
        settings,
        progress,
    )?;
    let merged = merge(&base, &ours, &report.document);
    if !request.dry_run {
        store::write_atomically(&request.file, merged.text.as_bytes(), Overwrite::Yes)?;
        retain(&mut report.timeline.events, before);
        keep(&request.file, &id, &report.document, &report.timeline, settings)?;
    }
    let mut warnings = report.timeline.warnings;
    if report.timeline.incident.id != id {
        let message = format!("the evidence is of {}, the file of {id}", report.timeline.incident.id);
        warnings.push(Warning::new(request.file.display().to_string(), None, message));
    }
    Ok(RedraftReport {
        path: request.file.clone(),
        kept: merged.kept,
        updated: merged.updated,
        conflicts: merged.conflicts.into_iter().map(ShownConflict::from).collect(),
        document: merged.text,
        warnings,
    })
}

/// Events whose files are not there any more stay known: edited text may cite them, and no other record may get their ids.
fn retain(events: &mut Vec<Event>, before: Vec<Event>) {
    let known: BTreeSet<EventId> = events.iter().map(|event| event.id).collect();
    events.extend(before.into_iter().filter(|event| !known.contains(&event.id)));
    events.sort_by_key(|event| (event.at, event.id));
}

/// Keeps what was generated and from which events, redacted, for `verify` and the next redraft.
pub(super) fn keep(
    file: &Path,
    id: &str,
    text: &str,
    timeline: &Timeline,
    settings: &Settings,
) -> Result<(), Error> {
    let mut redactor = Redactor::new(settings.redact.options());
    let mut clean = |text: &str| redactor.redact(text).into_string();
    let mut redacted = |event: &Event| Event {
        text: clean(&event.text),
        actor: event.actor.as_deref().map(&mut clean),
        thread: event.thread.as_deref().map(&mut clean),
        services: event.services.iter().map(|service| clean(service)).collect(),
        origin: clean_origin(&event.origin, &mut clean),
        also: event.also.iter().map(|origin| clean_origin(origin, &mut clean)).collect(),
        ..event.clone()
    };
    let events: Vec<Event> = timeline.events.iter().map(&mut redacted).collect();
    Ok(store::remember(file, id, text, &events)?)
}

fn clean_origin(origin: &Origin, clean: &mut dyn FnMut(&str) -> String) -> Origin {
    Origin { file: clean(&origin.file), line: origin.line, permalink: origin.permalink.as_deref().map(clean) }
}

/// The id in the document, else the name of its file.
pub(super) fn id_of(file: &Path, text: &str) -> String {
    let id = document::parse(text).postmortem.front.id;
    id.unwrap_or_else(|| file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default())
}
