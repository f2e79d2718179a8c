//! All pairs of incidents at least so alike, without comparing each with each.
//!
//! The rarest term that two vectors share bounds their cosine by the lengths of what each has from that term on to the
//! commonest (Anastasiu & Karypis 2014). Only pairs whose bound reaches the threshold are compared, so the result is exact.

use rayon::prelude::*;

use super::vectors::{Vectors, Weight};

/// What rounding may take from a bound.
const SLACK: f32 = 0.999;

/// Two incidents, the earlier first, with their cosine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) cosine: f32,
}

/// All pairs with a cosine of at least `threshold`, ordered.
pub(super) fn pairs_above(vectors: &Vectors, threshold: f32) -> Vec<Pair> {
    let postings = reaches(vectors, threshold * SLACK);
    let found: Vec<Vec<Pair>> = (0..vectors.len())
        .into_par_iter()
        .map_init(|| Desk::new(vectors), |desk, doc| desk.later_pairs(vectors, &postings, doc, threshold))
        .collect();
    found.into_iter().flatten().collect()
}

/// By term, the incidents that a pair may be found by, each with its reach: the length of its vector from this term on to
/// the commonest. Farthest first.
fn reaches(vectors: &Vectors, least: f32) -> Vec<Vec<Weight>> {
    let mut postings = vec![Vec::new(); vectors.columns.len()];
    let mut order = Vec::new();
    for (doc, row) in vectors.rows.iter().enumerate() {
        for (term, reach) in row_reaches(vectors, row, &mut order).filter(|(_, reach)| *reach >= least) {
            postings[term as usize].push(Weight { at: doc as u32, value: reach });
        }
    }
    postings
        .par_iter_mut()
        .for_each(|list| list.sort_unstable_by(|a, b| b.value.total_cmp(&a.value).then(a.at.cmp(&b.at))));
    postings
}

/// The terms of a row, commonest first, with the length of the row up to and with each.
fn row_reaches<'a>(
    vectors: &Vectors,
    row: &[Weight],
    order: &'a mut Vec<Weight>,
) -> impl Iterator<Item = (u32, f32)> + use<'a> {
    order.clear();
    order.extend_from_slice(row);
    order.sort_unstable_by_key(|weight| {
        (std::cmp::Reverse(vectors.columns[weight.at as usize].len()), weight.at)
    });
    order.iter().scan(0.0_f32, |square, weight| {
        *square += weight.value * weight.value;
        Some((weight.at, square.sqrt()))
    })
}

/// What one thread reuses from incident to incident.
struct Desk {
    /// The incident looked at, by term.
    spread: Vec<f32>,
    seen: Vec<bool>,
    candidates: Vec<u32>,
    order: Vec<Weight>,
}

impl Desk {
    fn new(vectors: &Vectors) -> Self {
        Self {
            spread: vec![0.0; vectors.columns.len()],
            seen: vec![false; vectors.len()],
            candidates: Vec::new(),
            order: Vec::new(),
        }
    }

    fn later_pairs(
        &mut self,
        vectors: &Vectors,
        postings: &[Vec<Weight>],
        doc: usize,
        threshold: f32,
    ) -> Vec<Pair> {
        let row = &vectors.rows[doc];
        self.candidates.clear();
        for (term, reach) in row_reaches(vectors, row, &mut self.order) {
            let far = |posting: &&Weight| posting.value * reach >= threshold * SLACK;
            for posting in postings[term as usize].iter().take_while(far) {
                let other = posting.at as usize;
                if other > doc && !self.seen[other] {
                    self.seen[other] = true;
                    self.candidates.push(posting.at);
                }
            }
        }
        self.candidates.sort_unstable();
        row.iter().for_each(|weight| self.spread[weight.at as usize] = weight.value);
        let mut pairs = Vec::new();
        for &other in &self.candidates {
            self.seen[other as usize] = false;
            let shared = vectors.rows[other as usize].iter();
            let cosine: f32 = shared.map(|weight| weight.value * self.spread[weight.at as usize]).sum();
            if cosine >= threshold {
                pairs.push(Pair { a: doc as u32, b: other, cosine });
            }
        }
        row.iter().for_each(|weight| self.spread[weight.at as usize] = 0.0);
        pairs
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::PastIncident;
    use crate::memory::similar::Index;

    proptest! {
        #[test]
        fn the_same_pairs_as_comparing_each_with_each(
            words in proptest::collection::vec(proptest::collection::vec(0u8..14, 1..9), 2..24),
            threshold in 0.1f32..0.9,
        ) {
            let told = |(n, words): (usize, &Vec<u8>)| PastIncident {
                id: format!("i-{n:02}"),
                text: words.iter().map(|word| format!("zz{}q ", char::from(b'a' + word))).collect(),
                ..PastIncident::default()
            };
            let index = Index::build(words.iter().enumerate().map(told).collect());
            let vectors = Vectors::new(&index, 2.0, 1);
            let each: Vec<(u32, u32)> = (0..vectors.len())
                .flat_map(|a| (a + 1..vectors.len()).map(move |b| (a, b)))
                .filter(|&(a, b)| vectors.cosine(a, b) >= threshold)
                .map(|(a, b)| (a as u32, b as u32))
                .collect();
            let found: Vec<(u32, u32)> =
                pairs_above(&vectors, threshold).iter().map(|pair| (pair.a, pair.b)).collect();
            prop_assert_eq!(found, each);
        }
    }
}
