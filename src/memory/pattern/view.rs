//! Puts a view together: groups, labels, ids, states, and who is left alone.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::component::components;
use super::constraints::Constraints;
use super::failure_mode::{FailureModes, diagnose};
use super::identity::{Known, assign_ids};
use super::label::telling_terms;
use super::neighbours::pairs_above;
use super::repeats::{cut_for, groups_of_pairs, repeat_groups};
use super::stability::stability;
use super::state::state;
use super::vectors::Vectors;
use crate::domain::{Pattern, PatternView, Patterns};
use crate::memory::similar::Index;

/// How often a title counts where views weigh it like the matching does.
const TITLE_WEIGHT: f32 = 2.0;
/// Incidents up to which repeat groups are resampled; beyond, their stability is not worth the minutes.
const RESAMPLED: usize = 5_000;

/// What shapes a view.
#[derive(Clone, Debug, Default)]
pub struct PatternOptions {
    /// Number of components; `None` lets the data choose.
    pub components: Option<usize>,
    pub seed: u64,
    /// The day from which new and fading are judged; `None`: that of the latest incident.
    pub as_of: Option<Timestamp>,
    /// Groups of an earlier run, whose ids persist.
    pub known: Known,
    /// What people decided, by position in the index.
    pub constraints: Constraints,
    pub modes: FailureModes,
}

/// Groups as found: members by position, with what the way of grouping knows of them.
struct Group {
    members: Vec<usize>,
    id: Option<String>,
    label: Option<String>,
    stability: Option<f64>,
}

impl Group {
    fn found(members: Vec<usize>, stability: Option<f64>) -> Self {
        Self { members, id: None, label: None, stability }
    }
}

/// One view over an indexed history.
#[must_use]
pub fn patterns(index: &Index, view: PatternView, options: &PatternOptions) -> Patterns {
    let vectors = Vectors::new(index, TITLE_WEIGHT, 1);
    let mut groups = match view {
        PatternView::FailureMode => by_failure_mode(index, &options.modes),
        PatternView::Component => by_component(index, options),
        PatternView::Repeats => by_repeats(&vectors, options),
    };
    groups.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then_with(|| a.members.cmp(&b.members)));
    finish(index, &vectors, view, groups, options)
}

fn by_failure_mode(index: &Index, modes: &FailureModes) -> Vec<Group> {
    use rayon::prelude::*;
    let found: Vec<Option<usize>> =
        index.incidents().par_iter().map(|incident| diagnose(incident, modes).mode).collect();
    modes
        .modes()
        .iter()
        .enumerate()
        .map(|(mode, rule)| Group {
            members: (0..found.len()).filter(|&at| found[at] == Some(mode)).collect(),
            id: Some(rule.id.clone()),
            label: Some(rule.name.clone()),
            stability: None,
        })
        .filter(|group| group.members.len() > 1)
        .collect()
}

fn by_component(index: &Index, options: &PatternOptions) -> Vec<Group> {
    let found = components(index, options.components, options.seed);
    let mut names = found.names.map(Vec::into_iter);
    found
        .groups
        .into_iter()
        .zip(found.stability)
        .map(|(members, stability)| {
            let name = names.as_mut().and_then(Iterator::next);
            Group {
                id: name.as_ref().map(|name| slug(name)),
                label: name,
                ..Group::found(members, stability)
            }
        })
        .collect()
}

fn by_repeats(vectors: &Vectors, options: &PatternOptions) -> Vec<Group> {
    let cut = cut_for(vectors);
    let all: Vec<usize> = (0..vectors.len()).collect();
    if vectors.len() > RESAMPLED {
        let groups = repeat_groups(vectors, cut, &options.constraints);
        return groups.into_iter().map(|members| Group::found(members, None)).collect();
    }
    let pairs = pairs_above(vectors, 1.0 - cut);
    let regroup = |kept: &[usize]| {
        let kept: BTreeSet<usize> = kept.iter().copied().collect();
        let inside = |at: u32| kept.contains(&(at as usize));
        let left: Vec<_> = pairs.iter().filter(|pair| inside(pair.a) && inside(pair.b)).copied().collect();
        groups_of_pairs(vectors, &left, cut, &kept, &options.constraints)
    };
    let groups = regroup(&all);
    let stable = stability(vectors.len(), &groups, options.seed, |kept, _| regroup(kept));
    groups.into_iter().zip(stable).map(|(members, stability)| Group::found(members, stability)).collect()
}

fn finish(
    index: &Index,
    vectors: &Vectors,
    view: PatternView,
    groups: Vec<Group>,
    options: &PatternOptions,
) -> Patterns {
    let incidents = index.incidents();
    let as_of = options.as_of.or_else(|| incidents.iter().filter_map(|incident| incident.date).max());
    let members: Vec<Vec<usize>> = groups.iter().map(|group| group.members.clone()).collect();
    let terms = telling_terms(index, vectors, &members);
    let ids_of = |members: &[usize]| members.iter().map(|&at| incidents[at].id.as_str()).collect::<Vec<_>>();
    let named: Vec<Vec<&str>> = members.iter().map(|members| ids_of(members)).collect();
    let prefix = if view == PatternView::Repeats { "R-" } else { "C-" };
    let ids = assign_ids(prefix, &named, &options.known);
    let mut patterns = Vec::with_capacity(groups.len());
    for ((group, terms), id) in groups.into_iter().zip(terms).zip(ids) {
        let medoid = vectors.medoid(&group.members).unwrap_or_default();
        let dates: Vec<Timestamp> = group.members.iter().filter_map(|&at| incidents[at].date).collect();
        let label = group.label.unwrap_or_else(|| match view {
            PatternView::Repeats => incidents[medoid].title.clone(),
            _ => terms.iter().take(3).cloned().collect::<Vec<_>>().join(", "),
        });
        patterns.push(Pattern {
            id: group.id.unwrap_or(id),
            label,
            terms,
            members: group.members.iter().map(|&at| incidents[at].id.clone()).collect(),
            medoid: incidents[medoid].id.clone(),
            stability: group.stability,
            state: state(&dates, as_of),
            first: dates.iter().min().copied(),
            last: dates.iter().max().copied(),
        });
    }
    let grouped: BTreeSet<usize> = members.into_iter().flatten().collect();
    let unclustered =
        (0..incidents.len()).filter(|at| !grouped.contains(at)).map(|at| incidents[at].id.clone()).collect();
    Patterns { view, patterns, unclustered }
}

/// A name as an id.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
