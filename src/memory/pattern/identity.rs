//! Ids of groups that stay when incidents are added: the group that shares most with an earlier one takes its id over.

use std::collections::{BTreeMap, BTreeSet};

/// Incident ids by group id, from an earlier run.
pub type Known = BTreeMap<String, Vec<String>>;

/// An id for each group: that of the known group with the largest overlap (Jaccard), each taken once; a new group is
/// called after its first member.
pub(super) fn assign_ids(prefix: &str, groups: &[Vec<&str>], known: &Known) -> Vec<String> {
    let mut group_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (group, members) in groups.iter().enumerate() {
        members.iter().for_each(|member| {
            group_of.insert(member, group);
        });
    }
    let mut overlaps: Vec<(f64, usize, &String)> = Vec::new();
    for (id, members) in known.iter().filter(|(id, _)| id.starts_with(prefix)) {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for member in members {
            if let Some(&group) = group_of.get(member.as_str()) {
                *shared.entry(group).or_default() += 1;
            }
        }
        for (group, both) in shared {
            let either = members.len() + groups[group].len() - both;
            overlaps.push((both as f64 / either as f64, group, id));
        }
    }
    overlaps.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let mut ids: Vec<Option<String>> = vec![None; groups.len()];
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (_, group, id) in overlaps {
        if ids[group].is_none() && taken.insert(id.clone()) {
            ids[group] = Some(id.clone());
        }
    }
    ids.into_iter()
        .zip(groups)
        .map(|(id, members)| id.unwrap_or_else(|| fresh_id(prefix, members, known, &mut taken)))
        .collect()
}

/// Six hexadecimal digits of the first member's id, more when they are taken.
fn fresh_id(prefix: &str, members: &[&str], known: &Known, taken: &mut BTreeSet<String>) -> String {
    let hash = blake3::hash(members.first().copied().unwrap_or_default().as_bytes()).to_hex();
    let mut length = 6;
    loop {
        let id = format!("{prefix}{}", &hash[..length]);
        if length == hash.len() || (!known.contains_key(&id) && taken.insert(id.clone())) {
            return id;
        }
        length += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_persist_when_groups_grow_and_are_never_shared() {
        let first = assign_ids("C-", &[vec!["a", "b"], vec!["c", "d"]], &Known::new());
        let known: Known =
            first.iter().cloned().zip([vec!["a".into(), "b".into()], vec!["c".into(), "d".into()]]).collect();
        let later =
            assign_ids("C-", &[vec!["0", "c", "d", "e"], vec!["a", "b", "f"], vec!["x", "y"]], &known);
        assert_eq!(later[0], first[1]);
        assert_eq!(later[1], first[0]);
        assert!(!first.contains(&later[2]));
        let split = assign_ids("C-", &[vec!["a"], vec!["b"]], &known);
        assert_ne!(split[0], split[1]);
    }
}
