//! Past incidents that resemble one at hand, or each of a history against the others.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::meaning::Embedder;
use super::{Error, memory};
use crate::config::Settings;
use crate::domain::{Match, PastIncident, Warning};
use crate::memory::decisions::{FlagRecord, Standing, named_repeats};
use crate::memory::similar::{Calibration, Corpus, Index, Meaning, Scope, analyse, matches_by_meaning};
use crate::store::{self, Indexed};

/// What is compared with what.
#[derive(Clone, Debug, Default)]
pub struct SimilarRequest {
    pub history: Vec<PathBuf>,
    /// How many matches.
    pub top: usize,
    /// Only incidents earlier than the one at hand.
    pub before: bool,
    /// Send nothing, even if embeddings are configured.
    pub offline: bool,
}

/// The matches of one incident; serialises as the JSON contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Matches {
    /// Id of the incident.
    pub query: String,
    pub matches: Vec<Match>,
}

/// The matches of one incident with what was odd about the files.
#[derive(Clone, Debug, Default)]
pub struct SimilarReport {
    pub results: Vec<Matches>,
    /// How right the flags were that people judged so far.
    pub flags: FlagRecord,
    pub warnings: Vec<Warning>,
}

/// Matches of `query`, which is a file or the id of an incident of the history.
pub fn similar(query: &str, request: &SimilarRequest, settings: &Settings) -> Result<SimilarReport, Error> {
    let paths = memory::history_paths(&request.history, settings)?;
    let (indexed, mut warnings) = store::indexed(paths, &settings.root)?;
    let (standing, odd) = memory::standing(settings)?;
    warnings.extend(odd);
    let (matches, failure) = match &indexed {
        Indexed::Built(index) => {
            let named = named_repeats(index.incidents());
            answer(query, index.as_ref(), |id| index.position(id), &named, &standing, request, settings)?
        }
        Indexed::Cached(index) => answer(
            query,
            index.as_ref(),
            |id| index.position(id),
            index.named_repeats(),
            &standing,
            request,
            settings,
        )?,
    };
    warnings.extend(failure);
    Ok(SimilarReport { results: vec![matches], flags: standing.flag_record(), warnings })
}

fn answer<C: Corpus>(
    query: &str,
    corpus: &C,
    position: impl Fn(&str) -> Option<usize>,
    named: &[(String, String)],
    standing: &Standing,
    request: &SimilarRequest,
    settings: &Settings,
) -> Result<(Matches, Option<Warning>), Error>
where
    Error: From<C::Error>,
{
    let incident = match position(query) {
        Some(at) => corpus.incident(at)?.into_owned(),
        None => read(query, settings)?,
    };
    let named = if request.before { &[] } else { named };
    let calibration = memory::calibration(corpus, &position, standing, named)?;
    let scope = scope(&incident, position(&incident.id), corpus, request.before);
    let embedder = Embedder::connect(request.offline, settings)?;
    let meaning = embedder.as_ref().map(|one| one as &dyn Meaning);
    let mut found = matches_by_meaning(&incident, corpus, &calibration, scope, request.top, meaning)?;
    standing.apply(&incident.id, &mut found);
    let failure = embedder.as_ref().and_then(Embedder::warning);
    Ok((Matches { query: incident.id, matches: found }, failure))
}

/// Every incident of the history against the others, in time order.
pub fn similar_all(request: &SimilarRequest, settings: &Settings) -> Result<SimilarReport, Error> {
    let history = memory::load(&request.history, settings)?;
    let mut warnings = history.warnings;
    let index = store::build_index(history.incidents, &settings.root);
    let (standing, odd) = memory::standing(settings)?;
    warnings.extend(odd);
    let named = if request.before { Vec::new() } else { named_repeats(index.incidents()) };
    let Ok(calibration) = memory::calibration(&index, |id| index.position(id), &standing, &named);
    let embedder = Embedder::connect(request.offline, settings)?;
    let found_for = |at: usize, incident: &PastIncident, meaning: Option<&dyn Meaning>| {
        let scope = Scope { before: request.before.then_some(at), except: Some(at) };
        let Ok(found) = matches_in(incident, &index, &calibration, &standing, scope, request.top, meaning);
        found
    };
    let incidents = index.incidents();
    let results = match &embedder {
        // One after the other, so that no text is sent twice.
        Some(embedder) => {
            incidents.iter().enumerate().map(|(at, one)| found_for(at, one, Some(embedder))).collect()
        }
        None => incidents.par_iter().enumerate().map(|(at, one)| found_for(at, one, None)).collect(),
    };
    warnings.extend(embedder.as_ref().and_then(Embedder::warning));
    Ok(SimilarReport { results, flags: standing.flag_record(), warnings })
}

/// The `top` earlier incidents most like one that may or may not be part of the history, decisions applied.
pub(super) fn matches_of(
    query: &PastIncident,
    incidents: Vec<PastIncident>,
    standing: &Standing,
    top: usize,
) -> Vec<Match> {
    let index = Index::build(incidents);
    let calibration = memory::calibration_of(&index, standing);
    let scope = scope(query, index.position(&query.id), &index, true);
    let Ok(found) = matches_in(query, &index, &calibration, standing, scope, top, None);
    found.matches
}

/// An incident never matches itself; `before` also leaves out what started later.
pub(super) fn scope<C: Corpus>(query: &PastIncident, own: Option<usize>, corpus: &C, before: bool) -> Scope {
    let docs = corpus.docs();
    let day = analyse(query).day;
    let earlier = || match (own, day) {
        (Some(at), _) => at,
        (None, Some(day)) => docs.partition_point(|doc| doc.day.is_none_or(|other| other < day)),
        (None, None) => docs.len(),
    };
    Scope { before: before.then(earlier), except: own }
}

fn matches_in<C: Corpus>(
    query: &PastIncident,
    corpus: &C,
    calibration: &Calibration,
    standing: &Standing,
    scope: Scope,
    top: usize,
    meaning: Option<&dyn Meaning>,
) -> Result<Matches, C::Error> {
    let mut found = matches_by_meaning(query, corpus, calibration, scope, top, meaning)?;
    standing.apply(&query.id, &mut found);
    Ok(Matches { query: query.id.clone(), matches: found })
}

/// The one incident of a file, or that of an incident folder or zip as a draft would tell it.
fn read(query: &str, settings: &Settings) -> Result<PastIncident, Error> {
    let path = Path::new(query);
    if !path.exists() {
        return Err(Error::usage(
            format!(
                "`{query}` is neither a file, nor an incident folder, nor the id of an incident in the history"
            ),
            "give a Markdown postmortem, or an id as `unblame history check` lists them",
        ));
    }
    if path.is_dir() || path.extension().is_some_and(|extension| extension == "zip") {
        return super::draft::described(path, settings);
    }
    let read = store::load_history(&[path.to_owned()])?;
    let mut incidents = read.incidents.into_iter();
    match (incidents.next(), incidents.next()) {
        (Some(incident), None) => Ok(incident),
        (Some(_), Some(_)) => Err(Error::usage(
            format!("`{query}` holds more than one incident"),
            "give one postmortem, or --all to compare each incident of the history with the others",
        )),
        (None, _) => Err(Error::input(
            format!("`{query}` holds no incident"),
            "give a Markdown postmortem or a .jsonl file with one record",
        )),
    }
}
