//! From an incident folder to a draft on disk: timeline, similar incidents, text, lint.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::intake::{self, IntakeRequest};
use super::model::{ModelRequest, Writer};
use super::{Error, memory, redraft, similar};
use crate::config::Settings;
use crate::desk::keep_ids;
use crate::document;
use crate::domain::{Claim, ClaimKind, Event, Finding, Match, PastIncident, Severity, Timeline, Warning};
use crate::drafting::{self, Baseline, Draft, DraftInput, Usage};
use crate::lint::Linter;
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
    pub model: ModelRequest,
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
pub fn draft(
    request: &DraftRequest,
    settings: &Settings,
    progress: &dyn Fn(&str),
) -> Result<DraftReport, Error> {
    let mut timeline = intake::read(&request.intake, settings)?;
    keep_ids(&mut timeline, &request.before);
    let paths = if request.history.is_empty() { &settings.history } else { &request.history };
    let target = target(request, paths, &timeline.incident.id);
    if let Some(path) = target.as_deref().filter(|path| !request.force && path.exists()) {
        return Err(store::Error::Exists(path.to_owned()).into());
    }
    let past = store::load_history(paths)?;
    let (standing, odd_decisions) = memory::standing(settings)?;
    let linter = Linter::new(settings.lint.clone());
    let lint_sentence = |sentence: &str| complaints(&linter, sentence);
    let redactor = || Redactor::new(settings.redact.options());
    let alone = drafting::draft(&input(&timeline, &[], &lint_sentence), &mut redactor());
    let matches = similar::matches_of(&as_past_incident(&alone), past.incidents, &standing, MATCHES);
    let input = input(&timeline, &matches, &lint_sentence);
    let draft = match Writer::connect(&request.model, settings)? {
        Some(writer) => writer.draft(&input, redactor(), progress)?,
        None => drafting::draft(&input, &mut redactor()),
    };
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
        fallbacks: draft
            .fallbacks
            .iter()
            .map(|fallback| format!("{}: {}", fallback.section, fallback.reason))
            .collect(),
        document: text,
        timeline,
        history_warnings: past.warnings.into_iter().chain(odd_decisions).collect(),
    })
}

/// A model's free answer to everything pasted into one prompt, with the timeline and what the linter says of it.
///
/// # Errors
/// What reading the incident reports, and a model that cannot be connected.
pub(super) fn baseline(
    request: &DraftRequest,
    settings: &Settings,
) -> Result<Option<(Baseline, Timeline, Vec<Finding>)>, Error> {
    let timeline = intake::read(&request.intake, settings)?;
    let Some(writer) = Writer::connect(&request.model, settings)? else { return Ok(None) };
    let nothing = |_: &str| Vec::new();
    let redactor = Redactor::new(settings.redact.options());
    let baseline = writer.baseline(&input(&timeline, &[], &nothing), redactor)?;
    let lint = Linter::new(settings.lint.clone()).check("baseline.md", &baseline.text).findings;
    Ok(Some((baseline, timeline, lint)))
}

/// The exact redacted requests that drafting with a model would send first, one JSON object a line; nothing is sent.
///
/// # Errors
/// What reading the incident or the history reports, and a missing model.
pub fn draft_requests(request: &DraftRequest, settings: &Settings) -> Result<String, Error> {
    let timeline = intake::read(&request.intake, settings)?;
    let paths = if request.history.is_empty() { &settings.history } else { &request.history };
    let past = store::load_history(paths)?;
    let (standing, _) = memory::standing(settings)?;
    let nothing = |_: &str| Vec::new();
    let redactor = || Redactor::new(settings.redact.options());
    let alone = drafting::draft(&input(&timeline, &[], &nothing), &mut redactor());
    let matches = similar::matches_of(&as_past_incident(&alone), past.incidents, &standing, MATCHES);
    super::model::requests(&input(&timeline, &matches, &nothing), redactor(), &request.model, settings)
}

/// An incident folder as matching sees it: what a draft of it says.
///
/// # Errors
/// What reading the folder reports.
pub(super) fn described(folder: &Path, settings: &Settings) -> Result<PastIncident, Error> {
    let intake = IntakeRequest { incident: folder.to_owned(), ..IntakeRequest::default() };
    let timeline = intake::read(&intake, settings)?;
    let draft = drafting::draft(
        &input(&timeline, &[], &|_| Vec::new()),
        &mut Redactor::new(settings.redact.options()),
    );
    Ok(as_past_incident(&draft))
}

fn input<'a>(
    timeline: &'a Timeline,
    matches: &'a [Match],
    lint: &'a dyn Fn(&str) -> Vec<String>,
) -> DraftInput<'a> {
    DraftInput {
        timeline,
        matches,
        warnings: &[],
        tool: concat!("unblame ", env!("CARGO_PKG_VERSION")),
        lint,
    }
}

/// What the linter has against one sentence.
fn complaints(linter: &Linter, sentence: &str) -> Vec<String> {
    let findings = linter.check("", sentence).findings;
    findings
        .into_iter()
        .filter(|finding| finding.severity != Severity::Info)
        .map(|finding| finding.message)
        .collect()
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
    let safe: String = id
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    let safe = safe.trim_start_matches('.');
    if safe.is_empty() { "incident".to_owned() } else { safe.to_owned() }
}

/// The incident at hand as matching sees it: what the draft says of it. Raw evidence would drown the failure in routine
/// lines; headings and tables are those of every postmortem.
fn as_past_incident(draft: &Draft) -> PastIncident {
    let told: Vec<&str> = draft
        .claims
        .iter()
        .filter(|claim| claim.kind != ClaimKind::Question)
        .map(|claim| claim.text.as_str())
        .collect();
    PastIncident { text: told.join("\n"), actions: Vec::new(), ..draft.postmortem.past_incident() }
}
