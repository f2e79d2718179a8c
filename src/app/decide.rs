//! Records what a person says of two incidents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use super::similar::{SimilarRequest, similar_all};
use super::{Error, memory};
use crate::config::Settings;
use crate::domain::{Decision, DecisionVerdict, Match, MatchVerdict, PastIncident, Warning};
use crate::memory::decisions::{FlagRecord, named_repeats};
use crate::memory::similar::Index;
use crate::store;

/// A judgement of a pair.
#[derive(Clone, Debug)]
pub struct DecideRequest {
    pub history: Vec<PathBuf>,
    pub a: String,
    pub b: String,
    pub verdict: DecisionVerdict,
    pub by: String,
    pub at: Timestamp,
    pub why: Option<String>,
}

/// The line that was added, and where.
#[derive(Clone, Debug, Serialize)]
pub struct Decided {
    pub decision: Decision,
    pub path: PathBuf,
    /// The postmortem whose `repeat_of` follows the decision, where it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat_of_set: Option<PathBuf>,
}

/// What stands, and how right the flags were that people judged.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionsReport {
    pub decisions: Vec<Decision>,
    pub flags: FlagRecord,
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

/// Appends a decision on two incidents of the history, the later one first, with the probability that the tool gave.
///
/// # Errors
/// An id that the history does not have, the same id twice, an undo of nothing.
pub fn decide(request: &DecideRequest, settings: &Settings) -> Result<Decided, Error> {
    let index = Index::build(memory::load(&request.history, settings)?.incidents);
    let place = |id: &str| {
        index.position(id).ok_or_else(|| {
            Error::usage(
                format!("the history has no incident `{id}`"),
                "`unblame history check` lists the ids",
            )
        })
    };
    let (a, b) = (place(&request.a)?, place(&request.b)?);
    if a == b {
        return Err(Error::usage("an incident is always the same as itself", "name two incidents"));
    }
    let (standing, _) = memory::standing(settings)?;
    if request.verdict == DecisionVerdict::Undo && standing.of(&request.a, &request.b).is_none() {
        return Err(Error::usage(
            format!("nothing was decided on `{}` and `{}`", request.a, request.b),
            "`unblame decide --list` shows what was",
        ));
    }
    let (later, earlier) = (&index.incidents()[a.max(b)], &index.incidents()[a.min(b)]);
    let calibration = memory::calibration_of(&index, &standing);
    let standout = memory::standout_of(&index, a.max(b), a.min(b));
    let shown = calibration.probability(standout);
    let decision = Decision {
        a: later.id.clone(),
        b: earlier.id.clone(),
        verdict: request.verdict,
        by: request.by.clone(),
        at: request.at,
        why: request.why.clone(),
        probability: (request.verdict != DecisionVerdict::Undo)
            .then_some((shown * 1_000.0).round() / 1_000.0),
        likeness: (request.verdict != DecisionVerdict::Undo)
            .then_some((calibration.likeness(standout) * 1_000.0).round() / 1_000.0),
    };
    let path = store::append_decision(&settings.root, &decision)?;
    let repeat_of_set = follow(later, &decision, &request.history, settings)?;
    Ok(Decided { decision, path, repeat_of_set })
}

/// Lets `repeat_of` of the later postmortem follow what was decided.
fn follow(
    later: &PastIncident,
    decision: &Decision,
    history: &[PathBuf],
    settings: &Settings,
) -> Result<Option<PathBuf>, Error> {
    let is_repeat = decision.verdict == DecisionVerdict::Same;
    let ending = Path::new(&later.path).extension().unwrap_or_default().to_ascii_lowercase();
    if ending != "md" && ending != "markdown" {
        return Ok(None);
    }
    for path in memory::history_paths(history, settings)? {
        let page = if path.is_dir() { path.join(&later.path) } else { path.clone() };
        if page.is_file() && page.ends_with(&later.path) {
            return Ok(store::set_repeat_of(&page, &decision.b, is_repeat)?);
        }
    }
    Ok(None)
}

/// A pair that the tool thinks worth a look and nobody has judged.
#[derive(Clone, Debug)]
pub struct OpenPair {
    pub later: String,
    pub title: String,
    pub found: Match,
}

/// The open pairs of a history, the most probable first, and how right the flags were so far.
///
/// # Errors
/// No history, or one that cannot be read.
pub fn open_pairs(history: &[PathBuf], settings: &Settings) -> Result<(Vec<OpenPair>, FlagRecord), Error> {
    /// Matches looked at for each incident.
    const TOP: usize = 5;
    let request = SimilarRequest { history: history.to_vec(), top: TOP, before: true, offline: true };
    let report = similar_all(&request, settings)?;
    let loaded = memory::load(history, settings)?;
    let (standing, _) = memory::standing(settings)?;
    let titles: BTreeMap<&str, &str> =
        loaded.incidents.iter().map(|one| (one.id.as_str(), one.title.as_str())).collect();
    let named: BTreeSet<(String, String)> = named_repeats(&loaded.incidents).into_iter().collect();
    let mut pairs: Vec<OpenPair> = Vec::new();
    for result in report.results {
        for found in result.matches.into_iter().filter(|found| found.verdict != MatchVerdict::None) {
            let said = standing.of(&result.query, &found.id);
            let is_open = matches!(said, None | Some(DecisionVerdict::Different));
            if is_open && !named.contains(&(result.query.clone(), found.id.clone())) {
                let title = titles.get(result.query.as_str()).copied().unwrap_or_default().to_owned();
                pairs.push(OpenPair { later: result.query.clone(), title, found });
            }
        }
    }
    pairs.sort_by(|a, b| {
        let ids = |pair: &OpenPair| (pair.later.clone(), pair.found.id.clone());
        b.found.probability.total_cmp(&a.found.probability).then_with(|| ids(a).cmp(&ids(b)))
    });
    Ok((pairs, report.flags))
}

/// Writes down what a person says of an open pair.
pub fn judge(
    pair: &OpenPair,
    verdict: DecisionVerdict,
    by: &str,
    at: Timestamp,
    history: &[PathBuf],
    settings: &Settings,
) -> Result<Decided, Error> {
    let shown = verdict != DecisionVerdict::Undo;
    let decision = Decision {
        a: pair.later.clone(),
        b: pair.found.id.clone(),
        verdict,
        by: by.to_owned(),
        at,
        why: None,
        probability: shown.then_some(pair.found.probability),
        likeness: shown.then_some(pair.found.likeness),
    };
    let path = store::append_decision(&settings.root, &decision)?;
    let loaded = memory::load(history, settings)?;
    let later = loaded.incidents.iter().find(|one| one.id == pair.later);
    let repeat_of_set = match later {
        Some(later) => follow(later, &decision, history, settings)?,
        None => None,
    };
    Ok(Decided { decision, path, repeat_of_set })
}

/// The decisions that stand.
pub fn decisions(settings: &Settings) -> Result<DecisionsReport, Error> {
    let (standing, warnings) = memory::standing(settings)?;
    Ok(DecisionsReport {
        decisions: standing.iter().cloned().collect(),
        flags: standing.flag_record(),
        warnings,
    })
}
