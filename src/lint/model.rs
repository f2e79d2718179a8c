//! Linear models of the second opinion: is a sentence blameful, and of which category. Weights ship in `models/blame.json`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

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
    /// Row of each feature; rows are in the order of the features' names.
    rows: FxHashMap<Cow<'static, str>, usize>,
    /// Features by row.
    names: Vec<Cow<'static, str>>,
    /// A row for each feature: the weight for blame, then for each category.
    weights: Vec<f64>,
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
    let shipped: Shipped<'static> = serde_json::from_str(include_str!("../../models/blame.json")).ok()?;
    if shipped.blame.weights.0.is_empty() {
        return None;
    }
    let (categories, linears): (Vec<String>, Vec<_>) = shipped.categories.into_iter().unzip();
    let columns = std::iter::once(shipped.blame).chain(linears).map(|linear| (linear.bias, linear.weights.0));
    Some(Opinion::of(shipped.raise_from, shipped.lower_below, categories, columns.collect()))
});

/// The shipped models; `None` when they are empty, and rules then decide alone.
pub(crate) fn shipped() -> Option<&'static Opinion> {
    SHIPPED.as_ref()
}

/// A bias and the weights of features by name.
type Column = (f64, Vec<(Cow<'static, str>, f64)>);

/// A [`Model`] as it is read at the start of every run: names borrow from the text, nothing is sorted into trees.
#[derive(Deserialize)]
struct Shipped<'a> {
    raise_from: f64,
    lower_below: f64,
    #[serde(borrow)]
    blame: ShippedLinear<'a>,
    #[serde(borrow)]
    categories: BTreeMap<String, ShippedLinear<'a>>,
}

#[derive(Deserialize)]
struct ShippedLinear<'a> {
    bias: f64,
    #[serde(borrow)]
    weights: Pairs<'a>,
}

struct Pairs<'a>(Vec<(Cow<'a, str>, f64)>);

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Vec<(Cow<'de, str>, f64)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("weights by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::with_capacity(2048);
                while let Some((Name(name), weight)) = map.next_entry()? {
                    pairs.push((name, weight));
                }
                Ok(pairs)
            }
        }
        deserializer.deserialize_map(Reader).map(Self)
    }
}

impl Opinion {
    pub(crate) fn new(model: &Model) -> Self {
        let owned = |linear: &Linear| {
            let pairs = linear.weights.iter().map(|(name, &weight)| (Cow::Owned(name.clone()), weight));
            (linear.bias, pairs.collect())
        };
        let columns = std::iter::once(&model.blame).chain(model.categories.values()).map(owned).collect();
        Self::of(model.raise_from, model.lower_below, model.categories.keys().cloned().collect(), columns)
    }

    fn of(raise_from: f64, lower_below: f64, categories: Vec<String>, columns: Vec<Column>) -> Self {
        let width = columns.len();
        let biases = columns.iter().map(|(bias, _)| *bias).collect();
        let mut all: Vec<(Cow<'static, str>, usize, f64)> = columns
            .into_iter()
            .enumerate()
            .flat_map(|(column, (_, pairs))| {
                pairs.into_iter().map(move |(name, weight)| (name, column, weight))
            })
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let mut rows = FxHashMap::with_capacity_and_hasher(all.len(), Default::default());
        let mut weights: Vec<f64> = Vec::with_capacity(all.len() * 2);
        let mut names: Vec<Cow<'static, str>> = Vec::new();
        for (name, column, weight) in all {
            if names.last() != Some(&name) {
                rows.insert(name.clone(), names.len());
                weights.resize(weights.len() + width, 0.0);
                names.push(name);
            }
            let row = weights.len() - width;
            weights[row + column] = weight;
        }
        Self { raise_from, lower_below, categories, biases, rows, names, weights }
    }

    /// The verdict on a sentence whose features `tell` names one by one.
    pub(crate) fn judge(&self, tell: impl FnOnce(&mut dyn FnMut(&str))) -> Verdict {
        let mut rows: Vec<usize> = Vec::with_capacity(64);
        tell(&mut |feature| rows.extend(self.rows.get(feature)));
        rows.sort_unstable();
        rows.dedup();
        let width = self.biases.len();
        let mut scores = self.biases.clone();
        let mut words: Vec<(f64, &str)> = Vec::new();
        for row in rows {
            let weights = &self.weights[row * width..(row + 1) * width];
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight;
            }
            if let Some(word) = self.names[row]
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
