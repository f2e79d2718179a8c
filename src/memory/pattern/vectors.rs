//! Incidents as sparse unit vectors, by incident and by term.

use rayon::prelude::*;

use crate::memory::similar::Index;
use crate::memory::similar::fusion::{cosine_weight, idf};

/// A weighted term of one incident.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weight {
    /// Term in the rows, incident in the columns.
    pub(super) at: u32,
    pub(super) value: f32,
}

/// (1 + ln tf)·idf vectors of length one.
#[derive(Clone, Debug, Default)]
pub(super) struct Vectors {
    /// One for each incident, ordered by term.
    pub(super) rows: Vec<Vec<Weight>>,
    /// One for each term, ordered by incident.
    pub(super) columns: Vec<Vec<Weight>>,
}

impl Vectors {
    /// Vectors of an index whose titles count `title_weight` times; terms of fewer than `min_df` incidents are left out.
    pub(super) fn new(index: &Index, title_weight: f32, min_df: usize) -> Self {
        let incidents = index.incidents().len();
        let mut rows = vec![Vec::new(); incidents];
        let mut terms = 0_u32;
        for (_, postings) in index.terms() {
            let term = terms;
            terms += 1;
            if postings.len() < min_df {
                continue;
            }
            let term_idf = idf(incidents, postings.len());
            for posting in postings {
                let title = f32::from(posting.title);
                let tf = (f32::from(posting.tf) - 2.0 * title).max(0.0) + title_weight * title;
                if tf > 0.0 {
                    let value = cosine_weight(tf.max(1.0), term_idf);
                    rows[posting.doc as usize].push(Weight { at: term, value });
                }
            }
        }
        rows.par_iter_mut().for_each(|row| normalise(row));
        let mut columns = vec![Vec::new(); terms as usize];
        for (doc, row) in rows.iter().enumerate() {
            for weight in row {
                columns[weight.at as usize].push(Weight { at: doc as u32, value: weight.value });
            }
        }
        Self { rows, columns }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Cosine of two incidents.
    pub(super) fn cosine(&self, a: usize, b: usize) -> f32 {
        dot(&self.rows[a], &self.rows[b])
    }

    /// The member nearest to the centre of its group; ties to the earlier one.
    pub(super) fn medoid(&self, members: &[usize]) -> Option<usize> {
        let mut centre = std::collections::HashMap::new();
        for &member in members {
            for weight in &self.rows[member] {
                *centre.entry(weight.at).or_insert(0.0_f32) += weight.value;
            }
        }
        let closeness = |member: usize| -> f32 {
            self.rows[member]
                .iter()
                .map(|weight| weight.value * centre.get(&weight.at).copied().unwrap_or(0.0))
                .sum()
        };
        let mut best: Option<(f32, usize)> = None;
        for &member in members {
            let close = closeness(member);
            if best.is_none_or(|(known, _)| close > known + f32::EPSILON) {
                best = Some((close, member));
            }
        }
        best.map(|(_, member)| member)
    }
}

fn normalise(row: &mut [Weight]) {
    let norm = row.iter().map(|weight| weight.value * weight.value).sum::<f32>().sqrt();
    if norm > 0.0 {
        row.iter_mut().for_each(|weight| weight.value /= norm);
    }
}

/// Both ordered by `at`.
fn dot(a: &[Weight], b: &[Weight]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].at.cmp(&b[j].at) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].value * b[j].value;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}
