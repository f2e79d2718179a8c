//! Linear models of the second opinion: is a sentence blameful, and of which category. Weights ship in `models/blame.json`.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::second_opinion::Sink;

/// Weights of one logistic regression over features by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Linear {
    pub bias: f64,
    pub weights: BTreeMap<String, f64>,
}

/// The trained models with the thresholds that go with them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub version: u32,
    /// Number of sentences it was trained on.
    pub trained_on: usize,
    /// BLAKE3 of the training sentences.
    pub data: String,
    /// From this probability on, a sentence without a finding gets one.
    pub raise_from: f64,
    /// Below this probability, findings of a rule become infos.
    pub lower_below: f64,
    pub blame: Linear,
    /// One against the rest, by category.
    pub categories: BTreeMap<String, Linear>,
}

impl Linear {
    /// Log-odds of a set of features.
    #[must_use]
    pub fn score(&self, features: &[String]) -> f64 {
        features.iter().filter_map(|feature| self.weights.get(feature)).sum::<f64>() + self.bias
    }
}

/// Words of at least this weight for blame are shown in an explanation.
const SHOWN: f64 = 0.1;

/// 0 to 1 from log-odds.
pub(crate) fn logistic(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}

/// The models laid out for speed: one look-up by hash gives all weights of a feature.
#[derive(Debug)]
pub(crate) struct Opinion {
    pub(crate) raise_from: f64,
    pub(crate) lower_below: f64,
    categories: Vec<String>,
    biases: Vec<f64>,
    /// Row of `weights` by hash of the feature.
    rows: HashMap<u64, Row>,
    /// Weight for blame first, then for each category, row after row.
    weights: Vec<f64>,
}

#[derive(Debug)]
struct Row {
    start: usize,
    /// A word that an explanation may show.
    word: Option<String>,
}

/// Hashes of the features of one sentence.
#[derive(Default)]
pub(crate) struct Seen(Vec<u64>);

impl Sink for Seen {
    fn add(&mut self, feature: fmt::Arguments<'_>) {
        let mut hash = Fnv::default();
        // hashing never fails
        let _ = hash.write_fmt(feature);
        self.0.push(hash.0);
    }
}

/// FNV-1a, 64 bits.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}

fn hash_of(feature: &str) -> u64 {
    let mut hash = Fnv::default();
    let _ = hash.write_str(feature);
    hash.0
}

/// What the models say of one sentence.
pub(crate) struct Verdict {
    pub(crate) probability: f64,
    /// Categories, the likeliest first.
    pub(crate) categories: Vec<String>,
    /// Words that weigh most for blame, the heaviest first.
    pub(crate) words: Vec<String>,
}

static SHIPPED: LazyLock<Option<Opinion>> = LazyLock::new(|| {
    let model: Model = serde_json::from_str(include_str!("../../models/blame.json")).ok()?;
    (!model.blame.weights.is_empty()).then(|| Opinion::new(&model))
});

/// The shipped models; `None` when they are empty, and rules then decide alone.
pub(crate) fn shipped() -> Option<&'static Opinion> {
    SHIPPED.as_ref()
}

impl Opinion {
    pub(crate) fn new(model: &Model) -> Self {
        let all = || std::iter::once(&model.blame).chain(model.categories.values());
        let columns = all().count();
        let mut rows: HashMap<u64, Row> = HashMap::with_capacity(2 * model.blame.weights.len());
        let mut weights: Vec<f64> = Vec::new();
        for (column, linear) in all().enumerate() {
            for (feature, weight) in &linear.weights {
                let row = rows.entry(hash_of(feature)).or_insert_with(|| {
                    let start = weights.len();
                    weights.resize(start + columns, 0.0);
                    Row { start, word: None }
                });
                weights[row.start + column] = *weight;
                if column == 0 && *weight > SHOWN {
                    row.word = feature
                        .strip_prefix("w:")
                        .filter(|word| word.len() > 2 && !word.starts_with('@'))
                        .map(str::to_owned);
                }
            }
        }
        Self {
            raise_from: model.raise_from,
            lower_below: model.lower_below,
            categories: model.categories.keys().cloned().collect(),
            biases: all().map(|linear| linear.bias).collect(),
            rows,
            weights,
        }
    }

    pub(crate) fn judge(&self, seen: &mut Seen) -> Verdict {
        seen.0.sort_unstable();
        seen.0.dedup();
        let mut scores = self.biases.clone();
        let mut words: Vec<(f64, &str)> = Vec::new();
        for row in seen.0.iter().filter_map(|feature| self.rows.get(feature)) {
            let weights = &self.weights[row.start..row.start + scores.len()];
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight;
            }
            words.extend(row.word.as_deref().map(|word| (weights[0], word)));
        }
        words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let mut order: Vec<usize> = (0..self.categories.len()).collect();
        order.sort_by(|&a, &b| scores[b + 1].total_cmp(&scores[a + 1]).then(a.cmp(&b)));
        Verdict {
            probability: logistic(scores[0]),
            categories: order.into_iter().map(|index| self.categories[index].clone()).collect(),
            words: words.into_iter().take(3).map(|(_, word)| word.to_owned()).collect(),
        }
    }
}
