//! Linear models of the second opinion: is a sentence blameful, and of which category. Weights ship in `models/blame.json`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

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

/// 0 to 1 from log-odds.
pub(crate) fn logistic(score: f64) -> f64 {
    1.0 / (1.0 + (-score).exp())
}

/// The models laid out for speed: one look-up a feature gives all weights.
#[derive(Debug)]
pub(crate) struct Opinion {
    pub(crate) raise_from: f64,
    pub(crate) lower_below: f64,
    categories: Vec<String>,
    biases: Vec<f64>,
    /// Weight for blame first, then for each category.
    weights: HashMap<String, Vec<f64>>,
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
        let columns = 1 + model.categories.len();
        let mut weights: HashMap<String, Vec<f64>> = HashMap::new();
        let all = std::iter::once(&model.blame).chain(model.categories.values());
        for (column, linear) in all.clone().enumerate() {
            for (feature, weight) in &linear.weights {
                weights.entry(feature.clone()).or_insert_with(|| vec![0.0; columns])[column] = *weight;
            }
        }
        Self {
            raise_from: model.raise_from,
            lower_below: model.lower_below,
            categories: model.categories.keys().cloned().collect(),
            biases: all.map(|linear| linear.bias).collect(),
            weights,
        }
    }

    pub(crate) fn judge(&self, features: &[String]) -> Verdict {
        let mut scores = self.biases.clone();
        let mut words: Vec<(f64, &str)> = Vec::new();
        for feature in features {
            let Some(weights) = self.weights.get(feature) else { continue };
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight;
            }
            if let Some(word) = feature
                .strip_prefix("w:")
                .filter(|word| weights[0] > 0.1 && word.len() > 2 && !word.starts_with('@'))
            {
                words.push((weights[0], word));
            }
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
