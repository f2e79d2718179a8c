//! Past incidents that resemble the draft, and what people said of them.

use std::path::PathBuf;

use crate::app::similar::scope;
use crate::app::{Error, memory};
use crate::domain::{Decision, DecisionVerdict, Match, MatchVerdict, PastIncident};
use crate::memory::decisions::Standing;
use crate::memory::similar::{Index, matches};
use crate::store;

/// Matches shown at most.
const SHOWN: usize = 5;

/// The history, ready for matching.
#[derive(Debug)]
pub struct Past {
    index: Index,
}

/// A match and the last word on it.
#[derive(Clone, Debug)]
pub struct Card {
    pub found: Match,
    pub decision: Option<Decision>,
}

impl Past {
    pub fn load(history: &[PathBuf]) -> Result<Self, Error> {
        Ok(Self { index: Index::build(store::load_history(history)?.incidents) })
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

    /// The earlier incidents worth a look, best first; one that somebody judged stays, whatever was said of it.
    #[must_use]
    pub fn cards(&self, query: &PastIncident, decisions: &[Decision]) -> Vec<Card> {
        let calibration = memory::calibration_of(&self.index, &Standing::new(decisions));
        let scope = scope(query, self.index.position(&query.id), &self.index, true);
        let Ok(found) = matches(query, &self.index, &calibration, scope, SHOWN);
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
