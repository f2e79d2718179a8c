//! What people said of pairs of incidents, and what follows from it.

use std::collections::BTreeMap;

use crate::domain::{Decision, DecisionVerdict, Match, MatchVerdict, PastIncident};

use super::pattern::Constraints;
use super::similar::LIKELY;

/// Likeness that must be added before a rejected pair is shown again: two thirds more of standing out.
const NEW_EVIDENCE: f64 = 0.5;

/// The decision that stands for each pair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// By the two ids, the smaller first.
    by_pair: BTreeMap<(String, String), Decision>,
}

/// How right the flags were that people judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FlagRecord {
    /// Pairs that were shown as likely repeats and then judged.
    pub judged: usize,
    /// Of these, those that a person called the same.
    pub right: usize,
}

impl Standing {
    /// The last decision on each pair in order of time; an undo takes the earlier ones back.
    ///
    /// The order of lines does not matter, so files merged by Git mean the same whoever merged them.
    #[must_use]
    pub fn new(decisions: &[Decision]) -> Self {
        let mut ordered: Vec<&Decision> = decisions.iter().collect();
        ordered.sort_by(|a, b| {
            let rest = |one: &Decision| (one.a.clone(), one.b.clone(), one.verdict, one.by.clone());
            a.at.cmp(&b.at).then_with(|| rest(a).cmp(&rest(b)))
        });
        let mut by_pair = BTreeMap::new();
        for decision in ordered {
            let pair = pair(&decision.a, &decision.b);
            if decision.verdict == DecisionVerdict::Undo {
                by_pair.remove(&pair);
            } else {
                by_pair.insert(pair, decision.clone());
            }
        }
        Self { by_pair }
    }

    /// Ordered by the two ids.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.by_pair.values()
    }

    #[must_use]
    pub fn of(&self, a: &str, b: &str) -> Option<DecisionVerdict> {
        self.by_pair.get(&pair(a, b)).map(|decision| decision.verdict)
    }

    /// Repeats that the documents themselves name count as decided, unless a decision says otherwise: pairs of ids,
    /// whether they are the same, and the likeness that was kept.
    #[must_use]
    pub fn pairs(&self, named: &[(String, String)]) -> Vec<(String, String, bool, Option<f64>)> {
        let mut pairs: BTreeMap<(String, String), (bool, Option<f64>)> =
            named.iter().map(|(later, earlier)| (pair(later, earlier), (true, None))).collect();
        for (pair, decision) in &self.by_pair {
            pairs.insert(pair.clone(), (decision.verdict == DecisionVerdict::Same, decision.likeness));
        }
        pairs.into_iter().map(|((a, b), (same, likeness))| (a, b, same, likeness)).collect()
    }

    /// The same as constraints for grouping, by position.
    #[must_use]
    pub fn constraints(&self, incidents: &[PastIncident]) -> Constraints {
        let at: BTreeMap<&str, usize> =
            incidents.iter().enumerate().map(|(at, incident)| (incident.id.as_str(), at)).collect();
        let pairs: Vec<(usize, usize, bool)> = self
            .pairs(&named_repeats(incidents))
            .iter()
            .filter_map(|(a, b, same, _)| Some((*at.get(a.as_str())?, *at.get(b.as_str())?, *same)))
            .collect();
        Constraints::new(&pairs)
    }

    /// Lets decisions speak in matches: what was accepted is certain, what was called different is not shown again unless
    /// the documents have come to resemble each other more than they did when the person decided.
    pub fn apply(&self, query: &str, matches: &mut Vec<Match>) {
        matches.retain_mut(|one| match self.of(query, &one.id) {
            Some(DecisionVerdict::Different) => self.has_new_evidence(query, one),
            Some(DecisionVerdict::Same) => {
                one.probability = 1.0;
                one.verdict = MatchVerdict::LikelyRepeat;
                true
            }
            Some(DecisionVerdict::Related) => {
                one.verdict = MatchVerdict::Related;
                true
            }
            Some(DecisionVerdict::Undo) | None => true,
        });
    }

    fn has_new_evidence(&self, query: &str, one: &Match) -> bool {
        let decided = self.by_pair.get(&pair(query, &one.id)).and_then(|decision| decision.likeness);
        decided.is_some_and(|then| one.likeness >= then + NEW_EVIDENCE)
    }

    /// How often a likely repeat was one, over the decisions that kept the probability shown.
    #[must_use]
    pub fn flag_record(&self) -> FlagRecord {
        let flagged = self.iter().filter(|one| one.probability.is_some_and(|shown| shown >= LIKELY));
        flagged.fold(FlagRecord::default(), |record, decision| FlagRecord {
            judged: record.judged + 1,
            right: record.right + usize::from(decision.verdict == DecisionVerdict::Same),
        })
    }
}

/// The repeats that documents name: id and the earlier id.
#[must_use]
pub fn named_repeats(incidents: &[PastIncident]) -> Vec<(String, String)> {
    incidents.iter().filter_map(|incident| Some((incident.id.clone(), incident.repeat_of.clone()?))).collect()
}

fn pair(a: &str, b: &str) -> (String, String) {
    if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(a: &str, b: &str, verdict: DecisionVerdict, second: i64) -> Decision {
        Decision {
            a: a.into(),
            b: b.into(),
            verdict,
            by: "lin".into(),
            at: jiff::Timestamp::from_second(second).unwrap(),
            why: None,
            probability: Some(0.7),
            likeness: None,
        }
    }

    #[test]
    fn the_last_word_counts_whatever_the_order_of_lines() {
        use DecisionVerdict::{Different, Related, Same, Undo};
        let mut lines = vec![
            decision("B", "A", Same, 1),
            decision("A", "B", Different, 5),
            decision("C", "A", Same, 2),
            decision("C", "A", Undo, 3),
            decision("D", "A", Related, 4),
        ];
        let standing = Standing::new(&lines);
        lines.reverse();
        assert_eq!(standing, Standing::new(&lines));
        assert_eq!(standing.of("A", "B"), Some(Different));
        assert_eq!(standing.of("A", "C"), None);
        assert_eq!(standing.of("A", "D"), Some(Related));
        assert_eq!(standing.flag_record(), FlagRecord { judged: 2, right: 0 });
    }

    #[test]
    fn a_rejected_pair_returns_only_with_new_evidence() {
        let mut rejected = decision("B", "A", DecisionVerdict::Different, 1);
        rejected.likeness = Some(1.0);
        let standing = Standing::new(&[rejected]);
        let found = |likeness| Match {
            id: "A".into(),
            title: String::new(),
            score: 1.0,
            probability: 0.6,
            verdict: MatchVerdict::LikelyRepeat,
            likeness,
            shared: crate::domain::Shared::default(),
            days_since: None,
            open_actions: Vec::new(),
        };
        let shown = |likeness| {
            let mut matches = vec![found(likeness)];
            standing.apply("B", &mut matches);
            matches.len()
        };
        assert_eq!((shown(1.0), shown(1.2), shown(1.6)), (0, 0, 1));
    }

    #[test]
    fn a_document_that_names_its_repeat_counts_unless_somebody_disagrees() {
        let incident =
            PastIncident { id: "B".into(), repeat_of: Some("A".into()), ..PastIncident::default() };
        assert_eq!(
            Standing::default().pairs(&named_repeats(std::slice::from_ref(&incident))),
            [("A".into(), "B".into(), true, None)]
        );
        let standing = Standing::new(&[decision("B", "A", DecisionVerdict::Different, 1)]);
        assert_eq!(standing.pairs(&named_repeats(&[incident])), [("A".into(), "B".into(), false, None)]);
    }
}
