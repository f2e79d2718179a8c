//! What people decided of pairs, as constraints: must be together, must not.

use std::collections::{BTreeMap, BTreeSet};

/// Must-link and cannot-link pairs, closed under "the same as the same" (Wagstaff et al. 2001).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// Incident to the smallest incident it must be with.
    group: BTreeMap<usize, usize>,
    must: Vec<(usize, usize)>,
    /// Pairs of groups, the smaller first.
    cannot: BTreeSet<(usize, usize)>,
}

impl Constraints {
    /// Constraints from pairs of positions; `true` must be together. A pair that contradicts what stands before it in the
    /// closure of the first kind is dropped: together wins.
    #[must_use]
    pub fn new(pairs: &[(usize, usize, bool)]) -> Self {
        let mut made = Self::default();
        for &(a, b, _) in pairs.iter().filter(|pair| pair.2 && pair.0 != pair.1) {
            let (a_group, b_group) = (made.group_of(a), made.group_of(b));
            let (keep, drop) = (a_group.min(b_group), a_group.max(b_group));
            made.group.entry(a).or_insert(a_group);
            made.group.entry(b).or_insert(b_group);
            made.group.values_mut().filter(|group| **group == drop).for_each(|group| *group = keep);
            made.must.push((a.min(b), a.max(b)));
        }
        for &(a, b, _) in pairs.iter().filter(|pair| !pair.2) {
            let (a, b) = (made.group_of(a), made.group_of(b));
            if a != b {
                made.cannot.insert((a.min(b), a.max(b)));
            }
        }
        made
    }

    /// Pairs that were put together.
    pub(super) fn must(&self) -> impl Iterator<Item = (usize, usize)> {
        self.must.iter().copied()
    }

    /// `Some(true)`: together; `Some(false)`: apart; `None`: nobody said.
    pub(super) fn of(&self, a: usize, b: usize) -> Option<bool> {
        let (a, b) = (self.group_of(a), self.group_of(b));
        if a == b {
            Some(true)
        } else if self.cannot.contains(&(a.min(b), a.max(b))) {
            Some(false)
        } else {
            None
        }
    }

    /// The incidents that must be with this one, itself included.
    pub(super) fn together(&self, at: usize) -> Vec<usize> {
        match self.group.get(&at) {
            None => vec![at],
            Some(own) => {
                self.group.iter().filter(|(_, group)| *group == own).map(|(&other, _)| other).collect()
            }
        }
    }

    fn group_of(&self, at: usize) -> usize {
        self.group.get(&at).copied().unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_as_the_same_is_the_same() {
        let constraints = Constraints::new(&[(4, 2, true), (2, 7, true), (7, 9, false)]);
        assert_eq!(constraints.of(4, 7), Some(true));
        assert_eq!(constraints.of(9, 4), Some(false));
        assert_eq!(constraints.of(9, 1), None);
        assert_eq!(Constraints::new(&[(1, 2, true), (1, 2, false)]).of(1, 2), Some(true));
    }
}
