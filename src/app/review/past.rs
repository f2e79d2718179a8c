//! Past incidents that resemble the draft, and what people said of them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::app::Error;
use crate::domain::{Decision, DecisionVerdict, Match, MatchVerdict, PastIncident};
use crate::memory::similar::{Calibration, Corpus, Index, Scope, matches};
use crate::store;

/// Matches shown at most.
const SHOWN: usize = 5;

/// The history, ready for matching.
#[derive(Debug)]
pub struct Past {
    index: Index,
    calibration: Calibration,
}

/// A match and the last word on it.
#[derive(Clone, Debug)]
pub struct Card {
    pub found: Match,
    pub decision: Option<Decision>,
}

impl Past {
    pub fn load(history: &[PathBuf]) -> Result<Self, Error> {
        let index = Index::build(store::load_history(history)?.incidents);
        let calibration = Calibration::from_background(index.background());
        Ok(Self { index, calibration })
    }

    /// How many incidents there are to compare with.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.incidents().len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The matches worth a look, best first, and every one that somebody has judged.
    #[must_use]
    pub fn cards(&self, query: &PastIncident, decisions: &[Decision]) -> Vec<Card> {
        let scope = Scope { except: self.index.position(&query.id), ..Scope::default() };
        let Ok(found) = matches(query, &self.index, &self.calibration, scope, SHOWN);
        let card = |found: Match| {
            let decision = latest(decisions, &query.id, &found.id).cloned();
            (decision.is_some() || found.verdict != MatchVerdict::None).then_some(Card { found, decision })
        };
        found.into_iter().filter_map(card).collect()
    }
}

/// The decision that holds for a pair, whichever way round it was written.
#[must_use]
pub fn latest<'a>(decisions: &'a [Decision], one: &str, other: &str) -> Option<&'a Decision> {
    let of_pair = |decision: &&Decision| {
        (decision.a == one && decision.b == other) || (decision.a == other && decision.b == one)
    };
    decisions.iter().rev().find(of_pair).filter(|decision| decision.verdict != DecisionVerdict::Undo)
}

/// Writes a decision down.
pub(super) fn decide(
    path: &Path,
    pair: (&str, &str),
    verdict: DecisionVerdict,
    probability: Option<f64>,
    by: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let decision = Decision {
        a: pair.0.to_owned(),
        b: pair.1.to_owned(),
        verdict,
        by: by.to_owned(),
        at,
        why: None,
        probability,
    };
    Ok(store::append_decision(path, &decision)?)
}
