//! From an incident folder to a draft on disk: timeline, similar incidents, text, lint.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::intake::{self, IntakeRequest};
use super::{Error, redraft};
use crate::config::Settings;
use crate::desk::keep_ids;
use crate::document;
use crate::domain::{Claim, Event, Finding, Match, PastIncident, Severity, SourceClass, Timeline, Warning};
use crate::drafting::{self, DraftInput, Usage};
use crate::lint::Linter;
use crate::memory::similar::{Calibration, Corpus, Index, Scope, matches};
use crate::redact::Redactor;
use crate::store::{self, Overwrite};

/// Matches that a draft shows.
const MATCHES: usize = 5;

/// What is drafted, and where to.
#[derive(Clone, Debug, Default)]
pub struct DraftRequest {
    pub intake: IntakeRequest,
    /// Histories given; empty means those of the settings.
    pub history: Vec<PathBuf>,
    /// `None`: beside the history; `-`: nowhere, the caller prints the document.
    pub output: Option<PathBuf>,
    /// Replaces an existing file.
    pub force: bool,
    pub model: Option<String>,
    pub offline: bool,
    /// Events of the draft that this one continues: records known then keep their ids.
    pub before: Vec<Event>,
}

/// The draft and the account of how it was made; serialises as the JSON contract.
#[derive(Clone, Debug, Serialize)]
pub struct DraftReport {
    /// Where it was written; `None` when it was not.
    pub path: Option<PathBuf>,
    pub claims: Vec<Claim>,
    pub lint: Vec<Finding>,
    pub matches: Vec<Match>,
    pub usage: Usage,
    /// Sections that fell back to the offline text, with the reason.
    pub fallbacks: Vec<String>,
    #[serde(skip)]
    pub document: String,
    #[serde(skip)]
    pub timeline: Timeline,
    #[serde(skip)]
    pub history_warnings: Vec<Warning>,
}

/// Drafts, lints and writes.
///
/// # Errors
/// What reading the incident or the history reports, and an existing file without `force`.
pub fn draft(request: &DraftRequest, settings: &Settings) -> Result<DraftReport, Error> {
    let mut timeline = intake::read(&request.intake, settings)?;
    keep_ids(&mut timeline, &request.before);
    let paths = if request.history.is_empty() { &settings.history } else { &request.history };
    let target = target(request, paths, &timeline.incident.id);
    if let Some(path) = target.as_deref().filter(|path| !request.force && path.exists()) {
        return Err(store::Error::Exists(path.to_owned()).into());
    }
    let past = store::load_history(paths)?;
    let matches = similar_to(&as_past_incident(&timeline), past.incidents);
    let linter = Linter::new(settings.lint.clone());
    let lint_sentence = |sentence: &str| complaints(&linter, sentence);
    let input = DraftInput {
        timeline: &timeline,
        matches: &matches,
        warnings: &[],
        tool: concat!("unblame ", env!("CARGO_PKG_VERSION")),
        lint: &lint_sentence,
    };
    let mut redactor = Redactor::default();
    let draft = drafting::draft(&input, &mut redactor);
    let text = document::render(&draft.postmortem);
    let shown = target.as_deref().unwrap_or(Path::new("draft.md"));
    let lint = linter.check(&shown.to_string_lossy(), &text).findings;
    if let Some(path) = &target {
        let overwrite = if request.force { Overwrite::Yes } else { Overwrite::No };
        store::write_atomically(path, text.as_bytes(), overwrite)?;
        redraft::keep(path, &timeline.incident.id, &text, &timeline, settings)?;
    }
    Ok(DraftReport {
        path: target,
        claims: draft.claims,
        lint,
        matches,
        usage: draft.usage,
        fallbacks: draft.fallbacks.iter().map(|fallback| format!("{}: {}", fallback.section, fallback.reason)).collect(),
        document: text,
        timeline,
        history_warnings: past.warnings,
    })
}

/// The past incidents most like this one, itself left out.
fn similar_to(incident: &PastIncident, mut past: Vec<PastIncident>) -> Vec<Match> {
    past.retain(|other| other.id != incident.id);
    let index = Index::build(past);
    let calibration = Calibration::from_background(index.background());
    let Ok(found) = matches(incident, &index, &calibration, Scope::default(), MATCHES);
    found
}

/// What the linter has against one sentence.
fn complaints(linter: &Linter, sentence: &str) -> Vec<String> {
    let findings = linter.check("", sentence).findings;
    findings.into_iter().filter(|finding| finding.severity != Severity::Info).map(|finding| finding.message).collect()
}

/// `-o FILE`, else `<id>.md` beside the history, else in the current folder.
fn target(request: &DraftRequest, history: &[PathBuf], id: &str) -> Option<PathBuf> {
    match &request.output {
        Some(path) if path == Path::new("-") => None,
        Some(path) => Some(path.clone()),
        None => {
            let beside = history.first().and_then(|path| path.parent()).unwrap_or(Path::new(""));
            Some(beside.join(format!("{}.md", file_name(id))))
        }
    }
}

/// An id as a file name: no separators, no leading dot.
fn file_name(id: &str) -> String {
    let safe: String = id.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    let safe = safe.trim_start_matches('.');
    if safe.is_empty() { "incident".to_owned() } else { safe.to_owned() }
}

/// The incident at hand as matching sees it: what machines and people said of the failure.
pub(super) fn as_past_incident(timeline: &Timeline) -> PastIncident {
    let telling = |class: SourceClass, key: bool| key || matches!(class, SourceClass::Automated | SourceClass::Alerting | SourceClass::Deploy);
    let lines: Vec<&str> =
        timeline.events.iter().filter(|event| telling(event.class, event.key)).map(|event| event.text.as_str()).collect();
    PastIncident {
        id: timeline.incident.id.clone(),
        title: timeline.incident.title.clone(),
        text: lines.join("\n"),
        date: timeline.phases.started.as_ref().map(|mark| mark.at).or_else(|| timeline.events.first().map(|event| event.at)),
        services: timeline.incident.services.clone(),
        severity: timeline.incident.severity.clone(),
        ..PastIncident::default()
    }
}
