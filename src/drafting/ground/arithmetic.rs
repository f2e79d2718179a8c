//! What may be computed from the figures of the cited lines: shares, ratios, differences, sums, directions.

use std::sync::LazyLock;

use regex::Regex;

use super::facts::{Fact, Stated, facts};
use super::pattern::pattern;

/// How far a share in words may be from the figure that it stands for, in percentage points.
const WORDED: f64 = 12.0;

/// Words that say a figure is one number divided by another.
static RATIO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(on average|average|each|per|apiece|times|fold|factor)\b"));
static SUM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(together|in total|altogether|combined|in all|sum|overall)\b"));
static DIFFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(percentage points?|points|by \d|remaining|left|fewer|difference|the other|the rest)\b")
});
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(fell|fallen|falling|falls?|dropp?ed|drops?|declined|decreased?|reduced?|lowered|shrank|shrunk|cut|down)|(rose|risen|rising|rises?|increased?|grew|grown|climbed|jumped|raised|went up|up))\b[^.;]{0,40}?\bfrom ([^.;]{1,25}?\d[^;]{0,12}?) to ([^;]{1,25})",
    )
});

fn numbers(stated: &[Stated]) -> Vec<f64> {
    stated
        .iter()
        .filter_map(|stated| match stated.fact {
            Fact::Number { value, .. } => Some(value),
            _ => None,
        })
        .collect()
}

fn percents(stated: &[Stated]) -> Vec<f64> {
    stated
        .iter()
        .filter_map(|stated| match stated.fact {
            Fact::Percent { value, .. } => Some(value),
            _ => None,
        })
        .collect()
}

/// Whether a percentage is the quotient of two figures, rounded as it is written.
pub(super) fn is_share(percent: f64, near: bool, stated: &[Stated]) -> bool {
    let shares = quotients(&numbers(stated));
    let exact = if percent.fract() == 0.0 { 0.5 } else { 0.05 };
    let digits = if near { (percent * 0.1).max(exact) } else { exact };
    shares.iter().any(|share| *share < 1.0 && (share * 100.0 - percent).abs() <= digits + 1e-9)
}

/// Whether a share in words is near a percentage of the lines or the quotient of two of their figures.
pub(super) fn is_worded_share(percent: f64, stated: &[Stated]) -> bool {
    let shares =
        quotients(&numbers(stated)).into_iter().filter(|share| *share < 1.0).map(|share| share * 100.0);
    percents(stated).into_iter().chain(shares).any(|known| (known - percent).abs() <= WORDED)
}

/// Whether a number is a quotient, a sum or a difference of figures, in a sentence that says so.
pub(super) fn is_computed(value: f64, near: bool, sentence: &str, stated: &[Stated]) -> bool {
    let (numbers, percents) = (numbers(stated), percents(stated));
    let slack = if near { (value.abs() * 0.025).max(0.5) } else { 0.5 };
    let close = |computed: f64, slack: f64| (computed - value).abs() <= slack;
    let pairs = |of: &[f64], slack: f64, with: &dyn Fn(f64, f64) -> f64| {
        (0..of.len()).any(|i| (0..of.len()).any(|j| i != j && close(with(of[i], of[j]), slack)))
    };
    let spans: Vec<f64> = stated
        .iter()
        .filter_map(|stated| match stated.fact {
            Fact::Span { seconds, .. } => Some(seconds),
            _ => None,
        })
        .collect();
    RATIO.is_match(sentence)
        && sentence.contains("factor")
        && quotients(&spans).into_iter().any(|ratio| close(ratio, slack))
        || RATIO.is_match(sentence)
            && quotients(&numbers).into_iter().any(|ratio| ratio > 1.0 && close(ratio, slack))
        || SUM.is_match(sentence)
            && (close(numbers.iter().sum(), 1e-9) || pairs(&numbers, 1e-9, &|a, b| a + b))
        || DIFFERENCE.is_match(sentence)
            && (pairs(&numbers, 1e-9, &|a, b| a - b)
                || pairs(&percents, 1e-9, &|a, b| a - b)
                || percents.iter().any(|percent| close(100.0 - percent, 1e-9)))
}

fn quotients(numbers: &[f64]) -> Vec<f64> {
    let pairs = (0..numbers.len()).flat_map(|i| (0..numbers.len()).map(move |j| (i, j)));
    pairs.filter(|(i, j)| i != j && numbers[*j] > 0.0).map(|(i, j)| numbers[i] / numbers[j]).collect()
}

/// A change whose words go the other way than its figures: "rose from 9 to 4".
pub(super) fn turned_change(sentence: &str) -> Option<String> {
    let found = CHANGE.captures(sentence)?;
    let (from, to) = (figure(&found[3])?, figure(&found[4])?);
    let wrong = if found.get(1).is_some() { from < to } else { from > to };
    wrong.then(|| found.get(1).or(found.get(2)).map(|word| word.as_str().to_owned()).unwrap_or_default())
}

/// The first comparable figure of a phrase; a clock time is none.
fn figure(phrase: &str) -> Option<f64> {
    facts(phrase).0.into_iter().find_map(|stated| match stated.fact {
        Fact::Number { value, .. } | Fact::Percent { value, .. } => Some(value),
        Fact::Span { seconds, .. } => Some(seconds),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_computed_holds_and_what_is_not_falls() {
        let (stated, _) = facts("388 GB of 600 GB, 7,420 updates by 310 sellers, 97 % then 46 %");
        assert!(is_share(65.0, false, &stated) && !is_share(66.0, false, &stated));
        assert!(is_worded_share(66.7, &stated) && !is_worded_share(25.0, &stated));
        assert!(is_computed(24.0, true, "about 24 updates each", &stated));
        assert!(!is_computed(26.0, true, "about 26 updates each", &stated));
        assert!(is_computed(51.0, false, "fell by 51 percentage points", &stated));
        assert!(!is_computed(24.0, false, "24 updates were lost", &stated));
    }

    #[test]
    fn a_change_goes_the_way_of_its_figures() {
        assert_eq!(turned_change("Latency fell from 240 ms to 4 s").as_deref(), Some("fell"));
        assert_eq!(turned_change("Retention was raised from 14 to 2").as_deref(), Some("raised"));
        assert_eq!(turned_change("Usage rose from 85 % to 97 %, then fell"), None);
        assert_eq!(turned_change("Writes were down from 14:17 to 14:54 UTC"), None);
    }
}
