//! Records what a person says of two incidents.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use super::{Error, memory};
use crate::config::Settings;
use crate::domain::{Decision, DecisionVerdict, Warning};
use crate::memory::decisions::FlagRecord;
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
    Ok(Decided { decision, path })
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
