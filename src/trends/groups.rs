//! Patterns as the report needs them: members of the past in time order, and the repeat groups that people confirmed.

use std::collections::BTreeMap;

use super::Scope;
use super::record::Record;
use crate::domain::PatternView;

/// A pattern with those of its members that the question covers.
pub(super) struct Group<'a> {
    pub(super) view: PatternView,
    pub(super) id: String,
    pub(super) label: String,
    /// By start.
    pub(super) members: Vec<&'a Record>,
}

/// Patterns of every view that was given, repeat groups made here unless they were; only those with a member.
pub(super) fn groups<'a>(scope: &Scope<'a>) -> Vec<Group<'a>> {
    let by_id: BTreeMap<&str, &'a Record> =
        scope.past.iter().map(|record| (record.id.as_str(), *record)).collect();
    let mut groups = Vec::new();
    for view in &scope.question.patterns {
        for pattern in &view.patterns {
            let mut members: Vec<&Record> =
                pattern.members.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect();
            members.sort_by_key(|record| (record.started, record.id.clone()));
            members.dedup_by(|a, b| a.id == b.id);
            groups.push(Group {
                view: view.view,
                id: pattern.id.clone(),
                label: pattern.label.clone(),
                members,
            });
        }
    }
    if !scope.question.patterns.iter().any(|view| view.view == PatternView::Repeats) {
        groups.extend(repeat_groups(scope, &by_id));
    }
    groups.retain(|group| !group.members.is_empty());
    groups
}

/// Connected components of the confirmed repeats, named after their first incident.
fn repeat_groups<'a>(scope: &Scope<'a>, by_id: &BTreeMap<&str, &'a Record>) -> Vec<Group<'a>> {
    let pairs = scope.repeats();
    let mut root: BTreeMap<String, String> = BTreeMap::new();
    for (a, b) in &pairs {
        let (a, b) = (find(&root, a), find(&root, b));
        if a != b {
            root.insert(a.clone().max(b.clone()), a.min(b));
        }
    }
    let mut components: BTreeMap<String, Vec<&'a Record>> = BTreeMap::new();
    let mut named: Vec<&String> = pairs.iter().flat_map(|(a, b)| [a, b]).collect();
    named.sort();
    named.dedup();
    for id in named {
        if let Some(record) = by_id.get(id.as_str()) {
            components.entry(find(&root, id)).or_default().push(record);
        }
    }
    components
        .into_values()
        .filter(|members| members.len() > 1)
        .filter_map(|mut members| {
            members.sort_by_key(|record| (record.started, record.id.clone()));
            let first = members.first()?;
            Some(Group {
                view: PatternView::Repeats,
                id: format!("repeats-of-{}", first.id),
                label: first.title.clone(),
                members,
            })
        })
        .collect()
}

fn find(root: &BTreeMap<String, String>, id: &str) -> String {
    let mut at = id.to_owned();
    while let Some(next) = root.get(&at) {
        at.clone_from(next);
    }
    at
}

/// The name of a view in words.
pub(super) fn view_name(view: PatternView) -> &'static str {
    match view {
        PatternView::FailureMode => "failure mode",
        PatternView::Component => "component",
        PatternView::Repeats => "confirmed repeats",
    }
}
