//! The score: one pure function of counts, the same for every store.
//!
//! `2·B/max B + T/max T + ¼·H/max H + C/max C`, each part scaled by its maximum over the candidates of one query, times a
//! mild prior for nearness in time. B is BM25 with the whole query and query weight ln(1 + tf); T the cosine of
//! (1 + ln tf)·idf vectors; H the same over titles alone; C the cosine over character 4-grams.
//! With embeddings, `+ E/max E`, E their cosine; only the best by words are compared so.
//! Robertson & Zaragoza 2009 for BM25; the weights were chosen on five sets, `evals/memory/README.md`.

/// Saturation of BM25.
const K1: f32 = 1.2;
/// Length normalisation of BM25.
const B: f32 = 0.75;

const WEIGHT_BM25: f32 = 2.0;
const WEIGHT_COSINE: f32 = 1.0;
const WEIGHT_TITLE: f32 = 0.25;
const WEIGHT_GRAMS: f32 = 1.0;
/// As much as the words themselves: `2·B + T` weigh three times as much together.
const WEIGHT_MEANING: f32 = 1.0;

/// Most that nearness in time adds, as a share of the score: repeats cluster in time, but an old repeat matters too.
const RECENCY: f32 = 0.25;
/// Days after which half of that is left.
const RECENCY_DAYS: f32 = 60.0;

/// Inverse document frequency, ln(1 + (N − df + ½)/(df + ½)).
#[must_use]
pub fn idf(documents: usize, df: usize) -> f32 {
    let (documents, df) = (documents as f32, df as f32);
    (1.0 + (documents - df + 0.5) / (df + 0.5)).ln()
}

/// Weight of a term in a cosine vector.
#[must_use]
pub fn cosine_weight(tf: f32, idf: f32) -> f32 {
    (1.0 + tf.ln()) * idf
}

/// What one query term adds to BM25 of one document.
#[must_use]
pub fn bm25(query_tf: f32, tf: f32, idf: f32, len: f32, mean_len: f32) -> f32 {
    let norm = K1 * (1.0 - B + B * len / mean_len.max(1.0));
    query_tf.ln_1p() * idf * tf * (K1 + 1.0) / (tf + norm)
}

/// The parts of one document's score for one query, unscaled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    pub bm25: f32,
    pub cosine: f32,
    pub title: f32,
    pub grams: f32,
    /// Cosine of embeddings, 0 without them.
    pub meaning: f32,
}

impl Parts {
    /// The larger of each part.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self {
            bm25: self.bm25.max(other.bm25),
            cosine: self.cosine.max(other.cosine),
            title: self.title.max(other.title),
            grams: self.grams.max(other.grams),
            meaning: self.meaning.max(other.meaning),
        }
    }

    /// The fused score, 0 to 5.3 (6.6 with embeddings), given the maxima of the query and the days between the two incidents.
    #[must_use]
    pub fn fuse(self, maxima: Self, days: Option<f32>) -> f32 {
        let scaled = |value: f32, max: f32| if max > 0.0 { value / max } else { 0.0 };
        let lexical = WEIGHT_BM25 * scaled(self.bm25, maxima.bm25)
            + WEIGHT_COSINE * scaled(self.cosine, maxima.cosine)
            + WEIGHT_TITLE * scaled(self.title, maxima.title)
            + WEIGHT_GRAMS * scaled(self.grams, maxima.grams)
            + WEIGHT_MEANING * scaled(self.meaning, maxima.meaning);
        let prior = days.map_or(0.0, |days| RECENCY / (1.0 + days.abs() / RECENCY_DAYS));
        lexical * (1.0 + prior)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rarer_term_and_a_nearer_day_score_higher() {
        assert!(idf(100, 1) > idf(100, 50) && idf(100, 100) > 0.0);
        let parts = Parts { bm25: 1.0, cosine: 0.3, title: 0.0, grams: 0.2, meaning: 0.0 };
        assert!(parts.fuse(parts, Some(1.0)) > parts.fuse(parts, Some(400.0)));
        assert!(parts.fuse(parts, None) < parts.fuse(parts, Some(4_000.0)));
        assert_eq!(Parts::default().fuse(parts, Some(0.0)), 0.0);
    }
}
