//! Matches as a person sees them: ranked, with probability, evidence, age and what was left undone.

use super::calibrate::{Calibration, verdict};
use super::corpus::Corpus;
use super::rank::{Meaning, Scope, rank_by_meaning};
use super::shared::shared;
use crate::domain::{Match, PastIncident};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The `top` past incidents most like `query`, best first.
///
/// The order is that of the fused score, the probability that of the calibrated standing out; a match below
/// [`super::RELATED`] is kept with the verdict `none`, for the caller to hide or to count.
pub fn matches<C: Corpus>(
    query: &PastIncident,
    corpus: &C,
    calibration: &Calibration,
    scope: Scope,
    top: usize,
) -> Result<Vec<Match>, C::Error> {
    matches_by_meaning(query, corpus, calibration, scope, top, None)
}

/// [`matches()`] whose order follows the meaning of the texts too.
pub fn matches_by_meaning<C: Corpus>(
    query: &PastIncident,
    corpus: &C,
    calibration: &Calibration,
    scope: Scope,
    top: usize,
    meaning: Option<&dyn Meaning>,
) -> Result<Vec<Match>, C::Error> {
    let candidates = rank_by_meaning(query, corpus, scope, top, meaning)?;
    let mut found = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let past = corpus.incident(candidate.doc)?;
        let probability = calibration.probability(f64::from(candidate.standout));
        found.push(Match {
            id: past.id.clone(),
            title: past.title.clone(),
            score: rounded(f64::from(candidate.score)),
            probability: rounded(probability),
            verdict: verdict(probability),
            likeness: rounded(calibration.likeness(f64::from(candidate.standout))),
            shared: shared(query, &past, corpus)?,
            days_since: query
                .date
                .zip(past.date)
                .map(|(now, then)| (now.as_second() - then.as_second()).div_euclid(DAY)),
            open_actions: past.actions.iter().filter(|action| action.status.is_open()).cloned().collect(),
        });
    }
    Ok(found)
}

/// Three decimals: more would pretend to a precision that the score does not have.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
