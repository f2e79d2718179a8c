//! What one side did to each unit of the base: kept it, changed it, dropped it, or put something before it.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::units::Unit;

/// What became of one unit of the base.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate<'u, 't> {
    Same(&'u Unit<'t>),
    Changed(&'u Unit<'t>),
    Gone,
}

/// One side's edits of a section.
#[derive(Debug)]
pub(super) struct Edits<'u, 't> {
    /// Parallel to the base.
    pub(super) fates: Vec<Fate<'u, 't>>,
    /// New units before base unit `i`; the last entry stands behind all.
    pub(super) inserted: Vec<Vec<&'u Unit<'t>>>,
}

/// Least likeness (Dice over words) at which a unit counts as a changed one and not as a new one.
const LIKENESS: f64 = 0.35;
/// Regions with more pairs than this are paired in order.
const MOST_PAIRS: usize = 40_000;

/// Compares a side with the base.
pub(super) fn align<'u, 't>(base: &[Unit<'_>], side: &'u [Unit<'t>]) -> Edits<'u, 't> {
    let keys = |units: &[Unit<'_>]| units.iter().map(Unit::key).collect::<Vec<_>>();
    let mut edits = Edits { fates: vec![Fate::Gone; base.len()], inserted: vec![Vec::new(); base.len() + 1] };
    let (mut old, mut new) = (0..0, 0..0);
    for op in capture_diff_slices(Algorithm::Myers, &keys(base), &keys(side)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            pair(base, side, old.clone(), new.clone(), &mut edits);
            for at in 0..len {
                edits.fates[old_index + at] = Fate::Same(&side[new_index + at]);
            }
            (old, new) = (old_index + len..old_index + len, new_index + len..new_index + len);
        } else {
            old.end = op.old_range().end.max(old.end);
            new.end = op.new_range().end.max(new.end);
        }
    }
    pair(base, side, old, new, &mut edits);
    edits
}

/// Pairs the units of a changed region, in order, so that the likeness of all pairs together is greatest.
fn pair<'u, 't>(
    base: &[Unit<'_>],
    side: &'u [Unit<'t>],
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
    edits: &mut Edits<'u, 't>,
) {
    let (rows, columns) = (old.len(), new.len());
    let score = likeness_table(&base[old.clone()], &side[new.clone()]);
    // best[i][j]: the greatest sum for the first i old and the first j new units.
    let mut best = vec![vec![0.0f64; columns + 1]; rows + 1];
    for i in 1..=rows {
        for j in 1..=columns {
            let paired = best[i - 1][j - 1] + score(i - 1, j - 1);
            best[i][j] = best[i - 1][j].max(best[i][j - 1]).max(paired);
        }
    }
    let (mut i, mut j) = (rows, columns);
    let mut placed: Vec<(usize, usize, bool)> = Vec::new();
    while j > 0 {
        let paired = i > 0
            && score(i - 1, j - 1) > 0.0
            && best[i][j] <= best[i - 1][j - 1] + score(i - 1, j - 1) + f64::EPSILON;
        if paired {
            placed.push((i - 1, j - 1, true));
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && best[i - 1][j] >= best[i][j - 1] {
            i -= 1;
        } else {
            placed.push((i, j - 1, false));
            j -= 1;
        }
    }
    for (row, column, paired) in placed.into_iter().rev() {
        let unit = &side[new.start + column];
        if paired {
            edits.fates[old.start + row] = Fate::Changed(unit);
        } else {
            edits.inserted[old.start + row].push(unit);
        }
    }
}

/// Likeness of old unit `i` and new unit `j`, 0 where they are no pair.
fn likeness_table(old: &[Unit<'_>], new: &[Unit<'_>]) -> impl Fn(usize, usize) -> f64 {
    let (rows, columns) = (old.len(), new.len());
    let mut table = vec![0.0; rows * columns];
    if rows * columns <= MOST_PAIRS {
        let words = |unit: &Unit<'_>| -> BTreeSet<String> {
            unit.text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect()
        };
        let new_words: Vec<_> = new.iter().map(words).collect();
        for (i, left) in old.iter().enumerate() {
            let left_words = words(left);
            for (j, right) in new.iter().enumerate() {
                table[i * columns + j] = likeness(left, right, &left_words, &new_words[j]);
            }
        }
    } else {
        for at in 0..rows.min(columns) {
            table[at * columns + at] = if old[at].kind == new[at].kind { 1.0 } else { 0.0 };
        }
    }
    move |i, j| table[i * columns + j]
}

fn likeness(
    left: &Unit<'_>,
    right: &Unit<'_>,
    left_words: &BTreeSet<String>,
    right_words: &BTreeSet<String>,
) -> f64 {
    if left.kind != right.kind || left.is_delimiter_row() != right.is_delimiter_row() {
        return 0.0;
    }
    if let (Some(left), Some(right)) = (left.identity(), right.identity()) {
        return if left == right { 1.0 } else { 0.0 };
    }
    let shared = left_words.intersection(right_words).count() as f64;
    let dice = 2.0 * shared / (left_words.len() + right_words.len()).max(1) as f64;
    if dice >= LIKENESS || left.is_delimiter_row() { dice.max(LIKENESS) } else { 0.0 }
}
