//! Past incidents that resemble the draft, and what people said of them.

use std::path::PathBuf;
use std::sync::LazyLock;

use regex::Regex;

use super::part::parts;
use crate::app::similar::scope;
use crate::app::{Error, memory};
use crate::document::{SectionKind, parse};
use crate::domain::{Decision, DecisionVerdict, Match, MatchVerdict, PastIncident};
use crate::memory::decisions::Standing;
use crate::memory::similar::{Index, matches};
use crate::store;
use crate::text::markdown::{BlockKind, blocks};

static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[\^[^\]]+\]").ok());

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

/// The draft as matching sees it: what it says of the incident, without mark-up and without the sections that speak of
/// other incidents, ask or list evidence.
pub(super) fn query(source: &str) -> PastIncident {
    const ABOUT_OTHERS: [SectionKind; 4] =
        [SectionKind::Similar, SectionKind::OpenQuestions, SectionKind::Unverified, SectionKind::Evidence];
    let own =
        parts(source).into_iter().filter(|part| !part.kind.is_some_and(|kind| ABOUT_OTHERS.contains(&kind)));
    let mut text = String::new();
    for part in own {
        for block in blocks(part.span.of(source)) {
            text.push_str(match block.kind {
                BlockKind::Code | BlockKind::Html | BlockKind::Heading(_) => continue,
                BlockKind::TableCell { row: 0, .. } => continue,
                BlockKind::TableCell { column: 1.., .. } => " · ",
                _ => "\n",
            });
            text.push_str(
                MARK.as_ref()
                    .map_or(block.text.as_str().into(), |mark| mark.replace_all(&block.text, ""))
                    .trim(),
            );
        }
    }
    PastIncident { text, actions: Vec::new(), ..parse(source).postmortem.past_incident() }
}
