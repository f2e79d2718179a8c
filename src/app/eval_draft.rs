//! Measures drafts of labelled incidents: the offline text and each way of asking a model, side by side.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Error;
use super::draft::{DraftRequest, baseline, draft};
use super::intake::IntakeRequest;
use super::model::ModelRequest;
use crate::config::{SectionRequests, Settings};
use crate::document;
use crate::domain::{Finding, Severity};
use crate::drafting::{DraftFacts, DraftMeasure, Usage, evaluate};
use crate::store;

/// A way to draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// Without a model.
    Offline,
    /// Everything pasted into one prompt, a free answer: what people do without this program.
    SinglePrompt,
    /// One request brings all sections.
    Whole,
    /// One request for each section.
    Apart,
    /// Facts from parts of the evidence first, sections from the facts.
    MapReduce,
}

/// One draft, measured.
#[derive(Clone, Debug, Serialize)]
pub struct DraftScore {
    pub case: String,
    pub strategy: Strategy,
    #[serde(flatten)]
    pub measure: DraftMeasure,
    /// Findings of the linter above the level of a hint.
    pub blame: usize,
    pub fallbacks: Vec<String>,
    pub usage: Usage,
}

/// Drafts every case offline and, when a model is named, in every way of asking it.
///
/// # Errors
/// Facts that are missing or cannot be read, and what drafting reports.
pub fn evaluate_drafts(
    cases: &[PathBuf],
    model: &ModelRequest,
    settings: &Settings,
    progress: &dyn Fn(&str),
) -> Result<Vec<DraftScore>, Error> {
    let chosen = settings.model_named(model.name.as_deref()).filter(|_| !model.offline);
    let named = chosen.is_some();
    // The ways of asking change the settings of whichever model was chosen.
    let settings =
        &Settings { model: chosen.unwrap_or_default(), profiles: BTreeMap::new(), ..settings.clone() };
    let model = &ModelRequest { name: None, ..model.clone() };
    let strategies: &[Strategy] = match (named, &model.replies) {
        (false, _) => &[Strategy::Offline],
        // Answers are carried by hand for one way of asking.
        (true, Some(_)) => &[Strategy::Offline, Strategy::SinglePrompt, Strategy::Whole],
        (true, None) => &[
            Strategy::Offline,
            Strategy::SinglePrompt,
            Strategy::Whole,
            Strategy::Apart,
            Strategy::MapReduce,
        ],
    };
    let all = cases.iter().flat_map(|case| strategies.iter().map(move |strategy| (case, *strategy)));
    all.map(|(case, strategy)| score(case, strategy, model, settings, progress)).collect()
}

fn score(
    case: &Path,
    strategy: Strategy,
    model: &ModelRequest,
    settings: &Settings,
    progress: &dyn Fn(&str),
) -> Result<DraftScore, Error> {
    let name = case.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = case.with_file_name(format!("{name}.expected.json"));
    let (incident, facts_file) = match beside.exists() {
        true => (case.to_owned(), beside),
        false => (case.join("raw"), case.join("facts.json")),
    };
    let facts: DraftFacts = serde_json::from_str(&store::read_text(&facts_file)?).map_err(|error| {
        Error::input(format!("{}: {error}", facts_file.display()), "evals/README.md describes the file")
    })?;
    let mut settings = settings.clone();
    match strategy {
        Strategy::Offline | Strategy::SinglePrompt => {}
        Strategy::Whole => settings.model.sections = SectionRequests::Together,
        Strategy::Apart => settings.model.sections = SectionRequests::Apart,
        Strategy::MapReduce => settings.model.sections = SectionRequests::Condensed,
    }
    let model = ModelRequest {
        offline: strategy == Strategy::Offline,
        replies: model.replies.as_ref().map(|folder| folder.join(&name)),
        ..model.clone()
    };
    let request = DraftRequest {
        intake: IntakeRequest { incident, timezone: facts.tz.clone(), ..IntakeRequest::default() },
        output: Some(PathBuf::from("-")),
        model,
        ..DraftRequest::default()
    };
    let blamed = |lint: &[Finding]| lint.iter().filter(|finding| finding.severity != Severity::Info).count();
    if strategy == Strategy::SinglePrompt
        && let Some((answer, timeline, lint)) = baseline(&request, &settings)?
    {
        return Ok(DraftScore {
            case: name,
            strategy,
            measure: evaluate(&facts, &answer.postmortem, &answer.claims, &timeline),
            blame: blamed(&lint),
            fallbacks: answer.failure.into_iter().collect(),
            usage: answer.usage,
        });
    }
    let report = draft(&request, &settings, progress)?;
    let postmortem = document::parse(&report.document).postmortem;
    Ok(DraftScore {
        case: name,
        strategy,
        measure: evaluate(&facts, &postmortem, &report.claims, &report.timeline),
        blame: blamed(&report.lint),
        fallbacks: report.fallbacks,
        usage: report.usage,
    })
}
