//! Recall and precision of redaction on labelled lines, held to the thresholds in `evals/redaction/thresholds.toml`.
//!
//! Half of the cases (by hash of their id) is for development; `UNBLAME_EVAL=dev` prints its errors, nothing prints
//! the errors of the other half.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing)] // a test may stop, and speaks

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use unblame::redact::{Kind, detect, detectors};
use unblame::text::words;

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    spans: Vec<Label>,
}

#[derive(Deserialize)]
struct Document {
    file: String,
    spans: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    text: String,
    kind: String,
}

#[derive(Deserialize)]
struct Thresholds {
    recall_secrets: f64,
    recall_personal: f64,
    false_positives_per_1000_words: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    found: usize,
    all: usize,
}

impl Tally {
    fn share(self) -> f64 {
        if self.all == 0 { 1.0 } else { self.found as f64 / self.all as f64 }
    }
}

#[derive(Default)]
struct Score {
    by_kind: BTreeMap<String, Tally>,
    secrets: Tally,
    personal: Tally,
    alarms: usize,
    words: usize,
}

/// The labelled texts carry this sign inside secrets, so that push scanners stay quiet.
const SPLIT: char = '␟';

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("evals/redaction");
    let lines = fs::read_to_string(folder.join("cases.jsonl")).unwrap();
    lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The longer texts, under the name of their file.
fn documents() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("evals/redaction");
    let lines = fs::read_to_string(folder.join("documents.jsonl")).unwrap();
    let read = |line: &str| {
        let document: Document = serde_json::from_str(line).unwrap();
        let text = fs::read_to_string(folder.join(&document.file)).unwrap();
        Case { id: document.file, text, spans: document.spans }
    };
    lines.lines().filter(|line| !line.trim().is_empty()).map(read).collect()
}

fn is_dev(id: &str) -> bool {
    blake3::hash(id.as_bytes()).as_bytes()[0] < 128
}

fn is_secret(kind: &str) -> bool {
    detectors::ALL
        .iter()
        .find(|detector| detector.id() == kind)
        .is_none_or(|detector| detector.kind() == Kind::Secret)
}

fn measure<'c>(cases: impl Iterator<Item = &'c Case>, tell: bool) -> Score {
    let mut score = Score::default();
    for case in cases {
        let text = case.text.replace(SPLIT, "");
        let found = detect(&text);
        score.words += words(&text).len();
        let mut labelled = Vec::new();
        for label in &case.spans {
            let wanted = label.text.replace(SPLIT, "");
            let places: Vec<(usize, usize)> =
                text.match_indices(&wanted).map(|(at, place)| (at, at + place.len())).collect();
            assert!(!places.is_empty(), "{}: label not in text", case.id);
            let covered = places
                .iter()
                .all(|&(start, end)| (start..end).all(|at| found.iter().any(|one| one.span.contains(at))));
            labelled.extend(places);
            let tally = if is_secret(&label.kind) { &mut score.secrets } else { &mut score.personal };
            for tally in [tally, score.by_kind.entry(label.kind.clone()).or_default()] {
                tally.all += 1;
                tally.found += usize::from(covered);
            }
            if tell && !covered {
                println!("MISSED {} {}: {wanted:?} in {:?}", case.id, label.kind, around(&text, 0));
            }
        }
        for one in &found {
            if !labelled.iter().any(|(start, end)| one.span.start < *end && *start < one.span.end) {
                score.alarms += 1;
                if tell {
                    println!(
                        "ALARM {} {}: {:?} in {:?}",
                        case.id,
                        one.id,
                        one.span.of(&text),
                        around(&text, one.span.start)
                    );
                }
            }
        }
    }
    score
}

/// The line around a byte.
fn around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    text[start..].split('\n').next().unwrap_or_default()
}

fn report(name: &str, score: &Score) {
    println!(
        "{name}: secrets {}/{} = {:.3}, personal {}/{} = {:.3}, false positives {} in {} words = {:.2} per 1,000",
        score.secrets.found,
        score.secrets.all,
        score.secrets.share(),
        score.personal.found,
        score.personal.all,
        score.personal.share(),
        score.alarms,
        score.words,
        rate(score)
    );
    for (kind, tally) in &score.by_kind {
        println!("  {kind} {}/{}", tally.found, tally.all);
    }
}

fn rate(score: &Score) -> f64 {
    score.alarms as f64 * 1000.0 / score.words as f64
}

#[test]
fn redaction_stays_above_its_thresholds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("evals/redaction");
    let limits: Thresholds =
        toml::from_str(&fs::read_to_string(folder.join("thresholds.toml")).unwrap()).unwrap();
    let cases: Vec<Case> = cases().into_iter().chain(documents()).collect();
    let tell = std::env::var("UNBLAME_EVAL").is_ok_and(|half| half == "dev");
    let dev = measure(cases.iter().filter(|case| is_dev(&case.id)), tell);
    report("development half", &dev);
    let held_out = measure(cases.iter().filter(|case| !is_dev(&case.id)), false);
    report("held-out half", &held_out);
    for score in [dev, held_out] {
        assert!(score.secrets.share() >= limits.recall_secrets, "secrets: {:.3}", score.secrets.share());
        assert!(
            score.personal.share() >= limits.recall_personal,
            "personal data: {:.3}",
            score.personal.share()
        );
        assert!(
            rate(&score) <= limits.false_positives_per_1000_words,
            "false positives: {:.2}",
            rate(&score)
        );
    }
}
