//! Measures the rules on labelled sentences: precision, recall, F1, and the share of clean sentences flagged.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{Finding, Severity};

use super::config::Config;
use super::linter::Linter;
use super::model::Model;
use super::rule::document_of;
use super::section::SectionKind;

/// One labelled sentence, a line of `evals/blame/*.jsonl`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Labelled {
    #[serde(default)]
    pub id: String,
    pub text: String,
    /// 1: a reader who knows the people would say that this puts the fault on somebody.
    pub label: u8,
    pub category: String,
    /// `hard` negatives share words with blameful sentences.
    #[serde(default)]
    pub strength: String,
    /// The section it stands in.
    pub context: String,
    /// People known from the rest of the document.
    #[serde(default)]
    pub names: Vec<String>,
}

/// Counts of one measurement.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    pub true_positive: usize,
    pub false_positive: usize,
    pub false_negative: usize,
    pub true_negative: usize,
}

impl Score {
    #[must_use]
    pub fn precision(&self) -> f64 {
        ratio(self.true_positive, self.true_positive + self.false_positive)
    }

    #[must_use]
    pub fn recall(&self) -> f64 {
        ratio(self.true_positive, self.true_positive + self.false_negative)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        ratio(2 * self.true_positive, 2 * self.true_positive + self.false_positive + self.false_negative)
    }

    /// Share of clean sentences that were flagged.
    #[must_use]
    pub fn false_alarm_rate(&self) -> f64 {
        ratio(self.false_positive, self.false_positive + self.true_negative)
    }

    fn add(&mut self, label: bool, flagged: bool) {
        match (label, flagged) {
            (true, true) => self.true_positive += 1,
            (false, true) => self.false_positive += 1,
            (true, false) => self.false_negative += 1,
            (false, false) => self.true_negative += 1,
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of sentences are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The part of a data set a sentence belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Dev,
    Test,
}

/// 60 % dev, 40 % test by the first byte of the text's BLAKE3 hash, so that a sentence never changes sides.
#[must_use]
pub fn part_of(text: &str) -> Part {
    if blake3::hash(text.as_bytes()).as_bytes()[0] < 154 { Part::Dev } else { Part::Test }
}

/// Figures over a set of sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Any finding of warning or error.
    pub flagged: Score,
    /// Findings of level error alone.
    pub errors: Score,
    /// Only hard negatives count as negatives.
    pub hard: Score,
    /// Found and all, by category of the label.
    pub by_category: BTreeMap<String, (usize, usize)>,
    /// True and false alarms by rule.
    pub by_rule: BTreeMap<String, (usize, usize)>,
    /// Sentences on the wrong side with what was found, for the dev part only.
    pub mistakes: Vec<(Labelled, Vec<Finding>)>,
}

/// Families that count as blame.
#[must_use]
pub fn is_blame(finding: &Finding) -> bool {
    finding.severity != Severity::Info
        && matches!(
            finding.category.as_str(),
            "names-individual-as-cause"
                | "human-error"
                | "counterfactual"
                | "judgement"
                | "punitive"
                | "single-root-cause"
                | "vague-action"
                | "hindsight-certainty"
                | "five-whys-person"
        )
}

/// Blame findings of one labelled sentence, linted as a document of its own, with the shipped second opinion or another.
#[must_use]
pub fn findings_of(one: &Labelled, model: Option<&Model>) -> Vec<Finding> {
    let config = Config { people: one.names.clone(), ..Config::default() };
    let linter =
        model.map_or_else(|| Linter::new(config.clone()), |model| Linter::with_model(config.clone(), model));
    let mut findings = linter.check(&one.id, &document_of(section_of(&one.context), &one.text)).findings;
    findings.retain(is_blame);
    findings
}

/// What the second opinion sees of a labelled sentence.
#[must_use]
pub fn features_of(one: &Labelled) -> Vec<String> {
    let config = Config { people: one.names.clone(), ..Config::default() };
    Linter::new(config).features(&document_of(section_of(&one.context), &one.text))
}

/// Measures all sentences; `keep_mistakes` is for the dev part.
#[must_use]
pub fn evaluate(set: &[Labelled], model: Option<&Model>, keep_mistakes: bool) -> Evaluation {
    let mut result = Evaluation::default();
    for one in set {
        let findings = findings_of(one, model);
        let label = one.label == 1;
        let flagged = !findings.is_empty();
        let error = findings.iter().any(|finding| finding.severity == Severity::Error);
        result.flagged.add(label, flagged);
        result.errors.add(label, error);
        if label || one.strength == "hard" {
            result.hard.add(label, flagged);
        }
        if label {
            let slot = result.by_category.entry(one.category.clone()).or_default();
            slot.0 += usize::from(flagged);
            slot.1 += 1;
        }
        for finding in &findings {
            let slot = result.by_rule.entry(finding.rule.clone()).or_default();
            if label { slot.0 += 1 } else { slot.1 += 1 }
        }
        if keep_mistakes && label != flagged {
            result.mistakes.push((one.clone(), findings));
        }
    }
    result
}

fn section_of(context: &str) -> Option<SectionKind> {
    match context {
        "summary" => Some(SectionKind::ExecutiveSummary),
        "impact" => Some(SectionKind::Impact),
        "timeline" => Some(SectionKind::Timeline),
        "root_cause" => Some(SectionKind::RootCause),
        "factors" | "contributing_factors" => Some(SectionKind::ContributingFactors),
        "action" | "action_items" => Some(SectionKind::Actions),
        "lesson" | "lessons" => Some(SectionKind::Lessons),
        "improve" | "what_could_be_improved" => Some(SectionKind::Improve),
        "well" | "what_went_well" => Some(SectionKind::WentWell),
        _ => None,
    }
}
