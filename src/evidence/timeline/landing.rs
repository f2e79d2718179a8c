//! Gives bare merge commits the title of what they land: `Merge pull request #570 from ada/fix` says nothing by itself.

use std::collections::BTreeMap;

use crate::domain::EventKind;

use super::fact::{Fact, seconds};

/// A commit that was made longer than this before the merge below which it stands belongs to another one.
const REVIEW_S: i64 = 6 * 3600;

/// In `git log` order the commits of a branch stand right below its merge; the first of them names it. Merges that carry
/// a title, and logs of first parents, have nothing to gain.
pub(super) fn name(facts: &mut [Fact]) {
    let mut lines: BTreeMap<(String, usize), usize> = BTreeMap::new();
    for (at, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.source == "git") {
        lines.insert((fact.origin.file.clone(), fact.origin.line), at);
    }
    let order: Vec<usize> = lines.into_values().collect();
    for pair in order.windows(2) {
        let (merge, below) = (&facts[pair[0]], &facts[pair[1]]);
        let same_file = merge.origin.file == below.origin.file;
        let before = (0..=REVIEW_S).contains(&seconds(below.at, merge.at));
        if !same_file || !before || !is_bare(merge) || subtype(below) != "commit" {
            continue;
        }
        let (title, kind, place) = (below.text.clone(), below.kind, below.origin.clone());
        let merge = &mut facts[pair[0]];
        merge.text = format!("{}: {title}", merge.text);
        merge.also.push(place);
        if kind == EventKind::Rollback {
            merge.kind = kind;
        }
    }
}

/// A merge whose subject is all that the log has of it.
fn is_bare(fact: &Fact) -> bool {
    subtype(fact) == "merge" && fact.text.starts_with("Merge ") && !fact.text.contains(": ")
}

fn subtype(fact: &Fact) -> &str {
    fact.labels.get("subtype").map_or("", String::as_str)
}
