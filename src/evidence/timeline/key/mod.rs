//! Chooses the 8 to 30 events that a reader of the postmortem needs.
//!
//! Every fact gets a score by what it is and where it stands in the course of the incident; then they are taken one by
//! one, each time the one that adds most to what is shown already (maximal marginal relevance).

mod judge;
mod likeness;
mod machine;
mod speech;

use std::collections::BTreeSet;

use super::phases::Found;
use super::scene::Scene;

use judge::Judge;

/// Never more than this, whatever is forced.
const MOST: usize = 30;
/// What scores below this is left out even when there is room.
const ENOUGH: f64 = 2.0;
/// With this many shown, the next one has to tell more.
const MANY: usize = 18;
const STRICTER: f64 = 0.5;
/// This much or more is shown while there is room, however much it resembles what is shown already.
const FORCED: f64 = 10.0;
/// How much of its score a fact loses when all it says is shown already.
const REDUNDANCY: f64 = 2.5;

/// Whether each fact is key, in order of the facts.
pub(super) fn select(scene: &Scene<'_>, found: &Found) -> Vec<bool> {
    let judge = Judge::new(scene, found);
    let mut open: Vec<Candidate> = (0..scene.facts.len())
        .map(|at| Candidate { at, score: judge.score(at), said: 0.0 })
        .filter(|candidate| candidate.score >= ENOUGH)
        .collect();
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    while chosen.len() < MOST {
        let best = open
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.worth().total_cmp(&b.1.worth()).then(b.1.at.cmp(&a.1.at)));
        let enough = ENOUGH + if chosen.len() < MANY { 0.0 } else { STRICTER };
        let Some((place, best)) = best.filter(|(_, best)| best.worth() >= enough) else { break };
        let at = best.at;
        open.swap_remove(place);
        chosen.insert(at);
        for candidate in &mut open {
            candidate.said = candidate.said.max(judge.likeness(at, candidate.at));
        }
    }
    (0..scene.facts.len()).map(|at| chosen.contains(&at)).collect()
}

/// A fact that may be shown: how much it matters, and how much of it is shown already.
struct Candidate {
    at: usize,
    score: f64,
    said: f64,
}

impl Candidate {
    /// What showing it adds (maximal marginal relevance).
    fn worth(&self) -> f64 {
        if self.score >= FORCED { self.score } else { self.score - REDUNDANCY * self.said }
    }
}
