//! All pairs of incidents at least so alike, without comparing each with each.
//!
//! Bayardo, Ma & Srikant 2007: the common terms of a vector need no index as long as their part is shorter than the
//! threshold, since a pair that shares nothing else stays below it. The result is exact.

use rayon::prelude::*;

use super::vectors::{Vectors, Weight};

/// Two incidents, the earlier first, with their cosine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) cosine: f32,
}

/// All pairs with a cosine of at least `threshold`, ordered.
pub(super) fn pairs_above(vectors: &Vectors, threshold: f32) -> Vec<Pair> {
    let index = RareIndex::new(vectors, threshold);
    let found: Vec<Vec<Pair>> = (0..vectors.len())
        .into_par_iter()
        .map_init(
            || (vec![0.0_f32; vectors.len()], Vec::new()),
            |(partial, touched), doc| index.later_pairs(vectors, doc, threshold, partial, touched),
        )
        .collect();
    found.into_iter().flatten().collect()
}

/// Postings of the rare part of each vector, and the length of the rest.
struct RareIndex {
    postings: Vec<Vec<Weight>>,
    rest: Vec<f32>,
}

impl RareIndex {
    fn new(vectors: &Vectors, threshold: f32) -> Self {
        let mut postings = vec![Vec::new(); vectors.columns.len()];
        let mut rest = Vec::with_capacity(vectors.len());
        let mut order: Vec<Weight> = Vec::new();
        for (doc, row) in vectors.rows.iter().enumerate() {
            order.clear();
            order.extend_from_slice(row);
            // Commonest first; a little slack keeps rounding on the safe side.
            order.sort_by_key(|weight| {
                (std::cmp::Reverse(vectors.columns[weight.at as usize].len()), weight.at)
            });
            let limit = (threshold * 0.999).powi(2);
            let mut length = 0.0;
            let mut unindexed = 0.0;
            for weight in &order {
                length += weight.value * weight.value;
                if length < limit {
                    unindexed = length;
                } else {
                    postings[weight.at as usize].push(Weight { at: doc as u32, value: weight.value });
                }
            }
            rest.push(unindexed.sqrt());
        }
        Self { postings, rest }
    }

    fn later_pairs(
        &self,
        vectors: &Vectors,
        doc: usize,
        threshold: f32,
        partial: &mut [f32],
        touched: &mut Vec<u32>,
    ) -> Vec<Pair> {
        touched.clear();
        for weight in &vectors.rows[doc] {
            let list = &self.postings[weight.at as usize];
            let from = list.partition_point(|posting| posting.at as usize <= doc);
            for posting in &list[from..] {
                let sum = &mut partial[posting.at as usize];
                if *sum == 0.0 {
                    touched.push(posting.at);
                }
                *sum += weight.value * posting.value;
            }
        }
        touched.sort_unstable();
        let mut pairs = Vec::new();
        for &other in touched.iter() {
            let bound = partial[other as usize] + self.rest[other as usize];
            partial[other as usize] = 0.0;
            if bound < threshold {
                continue;
            }
            let cosine = vectors.cosine(doc, other as usize);
            if cosine >= threshold {
                pairs.push(Pair { a: doc as u32, b: other, cosine });
            }
        }
        pairs
    }
}
