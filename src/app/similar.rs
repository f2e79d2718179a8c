//! Past incidents that resemble one at hand, or each of a history against the others.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::{Error, memory};
use crate::config::Settings;
use crate::domain::{Match, PastIncident, Warning};
use crate::memory::decisions::Standing;
use crate::memory::similar::{Calibration, Index, Scope, matches};
use crate::store;

/// What is compared with what.
#[derive(Clone, Debug, Default)]
pub struct SimilarRequest {
    pub history: Vec<PathBuf>,
    /// How many matches.
    pub top: usize,
    /// Only incidents earlier than the one at hand.
    pub before: bool,
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
    pub warnings: Vec<Warning>,
}

/// Matches of `query`, which is a file or the id of an incident of the history.
pub fn similar(query: &str, request: &SimilarRequest, settings: &Settings) -> Result<SimilarReport, Error> {
    let history = memory::load(&request.history, settings)?;
    let mut warnings = history.warnings;
    let index = Index::build(history.incidents);
    let (standing, odd) = memory::standing(settings)?;
    warnings.extend(odd);
    let incident = find(query, &index)?;
    let calibration = memory::calibration(&index, &standing, !request.before);
    let scope = scope(&incident, &index, request.before);
    let results = vec![matches_in(&incident, &index, &calibration, &standing, scope, request.top)];
    Ok(SimilarReport { results, warnings })
}

/// Every incident of the history against the others, in time order.
pub fn similar_all(request: &SimilarRequest, settings: &Settings) -> Result<SimilarReport, Error> {
    let history = memory::load(&request.history, settings)?;
    let mut warnings = history.warnings;
    let index = Index::build(history.incidents);
    let (standing, odd) = memory::standing(settings)?;
    warnings.extend(odd);
    let calibration = memory::calibration(&index, &standing, !request.before);
    let results = index
        .incidents()
        .par_iter()
        .enumerate()
        .map(|(at, incident)| {
            let scope = Scope { before: request.before.then_some(at), except: Some(at) };
            matches_in(incident, &index, &calibration, &standing, scope, request.top)
        })
        .collect();
    Ok(SimilarReport { results, warnings })
}

/// The `top` matches of an incident that may or may not be part of the history, decisions applied.
pub(super) fn matches_of(
    query: &PastIncident,
    incidents: Vec<PastIncident>,
    standing: &Standing,
    top: usize,
) -> Vec<Match> {
    let index = Index::build(incidents);
    let calibration = memory::calibration(&index, standing, true);
    let scope = scope(query, &index, false);
    matches_in(query, &index, &calibration, standing, scope, top).matches
}

/// An incident never matches itself; `before` also leaves out what started later.
fn scope(query: &PastIncident, index: &Index, before: bool) -> Scope {
    let own = index.position(&query.id);
    let earlier = || match (own, query.date) {
        (Some(at), _) => at,
        (None, Some(date)) => {
            index.incidents().partition_point(|one| one.date.is_none_or(|other| other < date))
        }
        (None, None) => index.incidents().len(),
    };
    Scope { before: before.then(earlier), except: own }
}

fn matches_in(
    query: &PastIncident,
    index: &Index,
    calibration: &Calibration,
    standing: &Standing,
    scope: Scope,
    top: usize,
) -> Matches {
    let Ok(mut found) = matches(query, index, calibration, scope, top);
    standing.apply(&query.id, &mut found);
    Matches { query: query.id.clone(), matches: found }
}

/// An incident of the history by its id, else a file.
fn find(query: &str, index: &Index) -> Result<PastIncident, Error> {
    if let Some(at) = index.position(query) {
        return Ok(index.incidents()[at].clone());
    }
    let path = Path::new(query);
    if !path.exists() {
        return Err(Error::usage(
            format!("`{query}` is neither a file nor the id of an incident in the history"),
            "give a Markdown postmortem, or an id as `unblame history check` lists them",
        ));
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
