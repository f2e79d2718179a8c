//! Measures matching and grouping on a labelled history.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use serde::Serialize;

use super::meaning::Embedder;
use super::patterns::{PatternsRequest, patterns};
use super::{Error, memory};
use crate::config::Settings;
use crate::domain::{PastIncident, PatternView, Warning};
use crate::memory::evaluate::{
    Agreement, Ranking, RankingScores, agreement, duplicate_groups, score_rankings,
};
use crate::memory::similar::{Calibration, Corpus, Index, Meaning, Scope, rank_by_meaning};

/// Results looked at for one query.
const DEPTH: usize = 1_000;

/// Agreement of a view with the labels of a history.
#[derive(Clone, Debug, Serialize)]
pub struct PatternScores {
    pub view: PatternView,
    pub groups: usize,
    pub unclustered: usize,
    /// Incidents that belong to no group counted as one group of their own.
    #[serde(flatten)]
    pub agreement: Agreement,
}

/// Ranks each incident against the earlier ones; a hit is an earlier member of its group of `dup_of`.
///
/// Nothing that a later incident says is used: neither decisions nor named repeats calibrate the flags.
pub fn evaluate_similar(
    history: &[PathBuf],
    offline: bool,
    settings: &Settings,
) -> Result<RankingScores, Error> {
    let history = memory::load(history, settings)?;
    if history.duplicates.is_empty() {
        return Err(Error::input(
            "the history names no duplicates",
            "evaluation needs a .jsonl whose records say `dup_of` where they repeat an earlier one",
        ));
    }
    let index = Index::build(history.incidents);
    let at: BTreeMap<&str, usize> =
        index.incidents().iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
    let links: Vec<(usize, usize)> = history
        .duplicates
        .iter()
        .filter_map(|(id, of)| Some((*at.get(id.as_str())?, *at.get(of.as_str())?)))
        .collect();
    let groups = duplicate_groups(index.incidents().len(), &links);
    let calibration = Calibration::from_background(index.background(), index.incidents().len());
    let embedder = Embedder::connect(offline, settings)?;
    let ranking_of = |(at, incident): (usize, &PastIncident), meaning: Option<&dyn Meaning>| {
        ranking(at, incident, &index, &groups, &calibration, meaning)
    };
    let incidents = index.incidents();
    let rankings: Vec<Ranking> = match &embedder {
        Some(embedder) => incidents.iter().enumerate().map(|one| ranking_of(one, Some(embedder))).collect(),
        None => incidents.par_iter().enumerate().map(|one| ranking_of(one, None)).collect(),
    };
    if let Some(Warning { message, .. }) = embedder.as_ref().and_then(Embedder::warning) {
        let help =
            "see that the endpoint of [similar] answers; --offline measures the order by words".to_owned();
        return Err(Error::Environment { what: message, help });
    }
    Ok(score_rankings(&rankings))
}

fn ranking(
    at: usize,
    incident: &PastIncident,
    index: &Index,
    groups: &[usize],
    calibration: &Calibration,
    meaning: Option<&dyn Meaning>,
) -> Ranking {
    let relevant = groups[..at].iter().filter(|group| **group == groups[at]).count();
    let depth = if relevant > 0 { DEPTH } else { 1 };
    let scope = Scope { before: Some(at), except: None };
    let Ok(found) = rank_by_meaning(incident, index, scope, depth, meaning);
    Ranking {
        hits: found.iter().map(|candidate| groups[candidate.doc] == groups[at]).collect(),
        relevant,
        confidence: found.first().map(|best| calibration.probability(f64::from(best.standout))),
    }
}

/// Compares a view with the field `label`.
pub fn evaluate_patterns(request: &PatternsRequest, settings: &Settings) -> Result<PatternScores, Error> {
    let labels = memory::load(&request.history, settings)?.labels;
    if labels.is_empty() {
        return Err(Error::input(
            "the history has no labels",
            "evaluation needs a .jsonl whose records have a `label`",
        ));
    }
    let found = patterns(request, settings)?.patterns;
    let group_of: BTreeMap<&str, usize> = found
        .patterns
        .iter()
        .enumerate()
        .flat_map(|(group, pattern)| pattern.members.iter().map(move |id| (id.as_str(), group)))
        .collect();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut known, mut grouped) = (Vec::new(), Vec::new());
    for (id, label) in &labels {
        let next = numbers.len();
        known.push(*numbers.entry(label).or_insert(next));
        grouped.push(group_of.get(id.as_str()).copied().unwrap_or(found.patterns.len()));
    }
    Ok(PatternScores {
        view: found.view,
        groups: found.patterns.len(),
        unclustered: found.unclustered.len(),
        agreement: agreement(&known, &grouped),
    })
}
