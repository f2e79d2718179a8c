//! Past incidents as cards: both sides quoted, and what a person said.

use serde::Serialize;

use crate::app::Error;
use crate::app::review::{Card, Review};
use crate::domain::{DecisionVerdict, MatchVerdict};

/// One card.
#[derive(Debug, Serialize)]
struct CardView {
    id: String,
    title: String,
    /// 0 to 100.
    percent: u32,
    verdict: &'static str,
    days: Option<i64>,
    terms: Vec<String>,
    services: Vec<String>,
    quotes: Vec<(String, String)>,
    /// What was left undone then.
    actions: Vec<String>,
    /// `same`, `related`, `different` or nothing yet.
    decision: Option<&'static str>,
    by: Option<String>,
    on: Option<String>,
}

/// All cards.
#[derive(Debug, Serialize)]
pub(in crate::web) struct MatchesView {
    cards: Vec<CardView>,
    /// Past incidents that were compared; `None` without a history.
    compared: Option<usize>,
}

/// The matches of a source.
pub(in crate::web) fn matches(review: &Review, source: &str) -> Result<MatchesView, Error> {
    let compared = review.past()?.map(|past| past.len());
    let cards = review.cards(source)?.into_iter().map(card).collect();
    Ok(MatchesView { cards, compared })
}

fn card(Card { found, decision }: Card) -> CardView {
    let said = |verdict| match verdict {
        DecisionVerdict::Same => Some("same"),
        DecisionVerdict::Related => Some("related"),
        DecisionVerdict::Different => Some("different"),
        DecisionVerdict::Undo => None,
    };
    let open = found.open_actions.iter().map(|action| {
        let due = action.due.map(|due| format!(", due {due}")).unwrap_or_default();
        let owner = action.owner.as_deref().map(|owner| format!(", {owner}")).unwrap_or_default();
        format!("{}: {} ({}{owner}{due})", action.id, action.action, action.status.name())
    });
    CardView {
        percent: (found.probability * 100.0).round() as u32,
        verdict: match found.verdict {
            MatchVerdict::LikelyRepeat => "likely repeat",
            MatchVerdict::Related => "related",
            MatchVerdict::None => "weak",
        },
        actions: open.collect(),
        days: found.days_since,
        terms: found.shared.terms,
        services: found.shared.services,
        quotes: found.shared.quotes,
        decision: decision.as_ref().and_then(|decision| said(decision.verdict)),
        on: decision.as_ref().map(|decision| decision.at.strftime("%Y-%m-%d").to_string()),
        by: decision.map(|decision| decision.by),
        id: found.id,
        title: found.title,
    }
}
