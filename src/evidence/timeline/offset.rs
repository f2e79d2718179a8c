//! Finds files whose clock is off by whole quarters of an hour, from exact times pasted in them or said elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use regex::Regex;

use crate::domain::Origin;
use crate::evidence::{Record, When, pattern};

use super::clock::{list, movable};
use super::day::{Anchor, is_telling, same_words};
use super::stamps::stamps;

static SHA: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[0-9a-f]{7,40}\b"));

/// How far a file's clock is off and what proves it.
#[derive(Debug)]
pub(super) struct Offset {
    /// To be added to the file's times.
    pub(super) shift: SignedDuration,
    pub(super) evidence: Vec<Origin>,
    /// In words: "the log lines pasted in them".
    pub(super) proof: String,
}

/// A time of the file beside an exact time of the same moment.
struct Pair {
    seconds: i64,
    /// Minute of the hour that the exact time tells.
    minute: i64,
    origin: Origin,
}

impl Pair {
    fn of(exact: Timestamp, own: Timestamp, origin: &Origin) -> Self {
        Self {
            seconds: exact.as_second() - own.as_second(),
            minute: exact.as_second().div_euclid(60).rem_euclid(60),
            origin: origin.clone(),
        }
    }
}

/// Zones differ by multiples of this.
const QUARTER: i64 = 15 * 60;
/// People write a pasted line down within this many seconds of it.
const SLACK: i64 = 180;
/// No two zones differ by more; lines of a wrong day may.
const WIDEST: i64 = 50 * 3600;

/// The shift that most pairs agree on, when at least two do and they are a clear majority; `None` when it is zero.
pub(super) fn find_offset(
    file: &str,
    records: &[Record],
    anchors: &[Anchor],
    at: &dyn Fn(&When) -> Option<Timestamp>,
) -> Option<Offset> {
    let (same, others) = same_lines(file, records, anchors, at);
    let pasted = pasted_stamps(records, at);
    let offset = |pairs: &[Pair], proof: &str| {
        let (shift, evidence) = agreed(pairs)?;
        Some(Offset { shift, evidence, proof: proof.to_owned() })
    };
    if same.len() >= 2 {
        return offset(&same, &format!("the same lines in {}", list(&others)));
    }
    // People paste what is some minutes old: less than an hour tells of that, not of a zone.
    let zoned = |offset: &Offset| offset.shift.abs() >= SignedDuration::from_hours(1);
    offset(&pasted, "the log lines pasted in them").filter(zoned).or_else(|| sole(&pasted)).or_else(|| {
        let (shift, evidence) = agreed_by(&merges(records, anchors, at), 1)?;
        Some(Offset { shift, evidence, proof: "the merges that a bot announced in them".to_owned() })
    })
}

/// Announcements of a merge beside the merge itself: one is enough, for a commit happens once.
fn merges(records: &[Record], anchors: &[Anchor], at: &dyn Fn(&When) -> Option<Timestamp>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for record in records.iter().filter(|record| record.actor.as_ref().is_some_and(|actor| actor.bot)) {
        if matches!(record.when, When::Instant(_)) || !record.text.to_lowercase().contains("merged") {
            continue;
        }
        let Some(own) = at(&record.when) else { continue };
        // A comparison names the commit before and the commit after; the last one is what was merged.
        let named = SHA.find_iter(&record.text).last();
        let commit = named.and_then(|sha| {
            anchors
                .iter()
                .find(|anchor| anchor.commits.iter().any(|commit| sha.as_str().starts_with(commit.as_str())))
        });
        if let Some(anchor) = commit {
            pairs.push(Pair::of(anchor.at, own, &record.origin));
        }
    }
    pairs
}

fn same_lines(
    file: &str,
    records: &[Record],
    anchors: &[Anchor],
    at: &dyn Fn(&When) -> Option<Timestamp>,
) -> (Vec<Pair>, BTreeSet<String>) {
    let mut pairs = Vec::new();
    let mut others = BTreeSet::new();
    if records.iter().all(|record| matches!(record.when, When::Instant(_))) {
        return (pairs, others);
    }
    let mut by_words: BTreeMap<&str, Vec<&Anchor>> = BTreeMap::new();
    for anchor in anchors.iter().filter(|anchor| anchor.file != file && is_telling(&anchor.text)) {
        by_words.entry(&anchor.text).or_default().push(anchor);
    }
    for record in records.iter().filter(|record| !matches!(record.when, When::Instant(_))) {
        let words = same_words(&record.text);
        // A line that was said at several times proves nothing about any of them.
        let Some([anchor]) = by_words.get(words.as_str()).map(Vec::as_slice) else { continue };
        let Some(own) = at(&record.when) else { continue };
        others.insert(anchor.file.clone());
        pairs.push(Pair::of(anchor.at, own, &record.origin));
    }
    (pairs, others)
}

fn pasted_stamps(records: &[Record], at: &dyn Fn(&When) -> Option<Timestamp>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (index, record) in records.iter().enumerate().filter(|(_, record)| movable(record)) {
        let Some(own) = at(&record.when) else { continue };
        let mut exact = stamps(&record.text);
        // A reader of notes may have made the pasted line a record of its own, right below.
        let below = records[index + 1..]
            .iter()
            .take_while(|next| next.origin.line <= record.origin.line + 2 && !movable(next));
        exact.extend(below.filter_map(|next| at(&next.when)));
        if let Some(stamp) = exact.first() {
            pairs.push(Pair::of(*stamp, own, &record.origin));
        }
    }
    pairs
}

/// A single pasted time proves a shift when it lies in the future of its line by whole hours to the minute: nobody can
/// paste what has not happened. At full and round minutes things are planned.
fn sole(pairs: &[Pair]) -> Option<Offset> {
    let [pair] = pairs else { return None };
    let hours = (pair.seconds as f64 / 3600.0).round() as i64;
    let exact = (pair.seconds - hours * 3600).abs() < 60 && (1..=14).contains(&hours);
    (exact && pair.minute % 5 != 0).then(|| Offset {
        shift: SignedDuration::from_hours(hours),
        evidence: vec![pair.origin.clone()],
        proof: "the time pasted in them".to_owned(),
    })
}

fn agreed(pairs: &[Pair]) -> Option<(SignedDuration, Vec<Origin>)> {
    agreed_by(pairs, 2)
}

fn agreed_by(pairs: &[Pair], least: usize) -> Option<(SignedDuration, Vec<Origin>)> {
    let mut votes: BTreeMap<i64, Vec<Origin>> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| pair.seconds.abs() <= WIDEST) {
        let quarters = (pair.seconds as f64 / QUARTER as f64).round() as i64;
        if (pair.seconds - quarters * QUARTER).abs() <= SLACK {
            votes.entry(quarters).or_default().push(pair.origin.clone());
        }
    }
    let (quarters, evidence) =
        votes.into_iter().max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.abs().cmp(&a.0.abs())))?;
    let clear = evidence.len() >= least && evidence.len() * 5 >= pairs.len() * 3;
    (clear && quarters != 0).then(|| (SignedDuration::from_secs(quarters * QUARTER), evidence))
}
