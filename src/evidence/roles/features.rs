//! Turns a line into numbers: hashed words, pairs and forms, the votes of the rules, word classes and cues of form.

use crate::text::words;

use super::ALL;
use super::lexicon::{CLASSES, classes, form, stem};
use super::rules::Votes;

/// Buckets for hashed words, pairs and forms.
pub(super) const BUCKETS: usize = 4096;
/// Cues of form, see [`cues`].
const CUES: usize = 20;
/// Where the votes of the rules stand.
pub(super) const VOTES: std::ops::Range<usize> = BUCKETS..BUCKETS + ALL.len();
/// Length of the vector.
pub(super) const WIDTH: usize = VOTES.end + CUES + 2 * CLASSES;

const ASKS: [&str; 13] =
    ["why", "how", "who", "what", "when", "which", "where", "do", "does", "can", "could", "is", "are"];
const WE: [&str; 5] = ["i", "i'm", "i'll", "we", "we're"];
const ME: [&str; 3] = ["me", "my", "mine"];
const NEGATES: [&str; 6] = ["not", "no", "nothing", "never", "none", "nobody"];

/// Non-zero features as (column, value), columns ascending.
pub(super) fn features(text: &str, bot: bool, votes: &Votes) -> Vec<(usize, f64)> {
    let lower = text.to_lowercase();
    let tokens: Vec<&str> = words(&lower)
        .into_iter()
        .map(|span| span.of(&lower))
        .map(|word| if word.bytes().any(|byte| byte.is_ascii_digit()) { "#" } else { word })
        .collect();
    let columns = buckets(&tokens);
    let weight = 1.0 / (columns.len().max(1) as f64).sqrt();
    let mut vector: Vec<(usize, f64)> = columns.into_iter().map(|column| (column, weight)).collect();
    vector.extend(votes.iter().enumerate().map(|(at, vote)| (VOTES.start + at, vote / 3.0)));
    let rest = cues(text, &tokens, bot).into_iter().chain(word_classes(&tokens));
    vector.extend(rest.enumerate().map(|(at, cue)| (VOTES.end + at, cue)));
    vector.retain(|(_, value)| *value != 0.0);
    vector
}

/// Words, stems and pairs anywhere; words and forms where they stand first or last.
fn buckets(tokens: &[&str]) -> Vec<usize> {
    let mut columns = Vec::new();
    for word in tokens {
        columns.push(bucket(word));
        columns.push(bucket(&format!("~{}", stem(word))));
    }
    columns.extend(tokens.windows(2).map(|pair| bucket(&pair.join(" "))));
    if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
        columns.push(bucket(&format!("^{first}")));
        columns.push(bucket(&format!("${last}")));
        columns.push(bucket(&format!("^form {}", form(first))));
    }
    if let [first, second, ..] = tokens {
        columns.push(bucket(&format!("^forms {} {}", form(first), form(second))));
    }
    for ending in ["ed", "ing"] {
        if tokens.iter().any(|word| form(word) == ending) {
            columns.push(bucket(&format!("has {ending}")));
        }
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn cues(text: &str, tokens: &[&str], bot: bool) -> [f64; CUES] {
    let asked = text.trim_end().ends_with('?');
    let has = |list: &[&str]| tokens.iter().any(|word| list.contains(word));
    let is = |holds: bool| f64::from(u8::from(holds));
    [
        (tokens.len() as f64).ln_1p() / 3.0,
        is(asked),
        is(text.contains("http")),
        is(text.contains('`')),
        is(text.bytes().any(|byte| byte.is_ascii_digit())),
        is(text.contains('@')),
        is(has(&WE)),
        is(bot),
        is(tokens.len() <= 3),
        is(tokens.len() >= 12),
        is(text.contains('?') && !asked),
        is(text.contains('!')),
        is(has(&NEGATES) || tokens.iter().any(|word| word.ends_with("n't"))),
        is(tokens.iter().any(|word| classes(word)[2])),
        is(has(&ME)),
        is(tokens.first().is_some_and(|word| ASKS.contains(word))),
        is(text.matches(':').count() > 1 && !text.contains("http")),
        is(text.contains('→') || text.contains("->")),
        is(text.contains('"')),
        is(text.contains('%')),
    ]
}

/// For each word class how much of the line it makes up, then whether the line begins with it.
fn word_classes(tokens: &[&str]) -> Vec<f64> {
    let root = (tokens.len().max(1) as f64).sqrt();
    let told: Vec<[bool; CLASSES]> = tokens.iter().map(|word| classes(word)).collect();
    let share = (0..CLASSES).map(|at| (told.iter().filter(|word| word[at]).count() as f64 / root).min(1.5));
    let first = (0..CLASSES).map(|at| f64::from(u8::from(told.first().is_some_and(|word| word[at]))));
    share.chain(first).collect()
}

fn bucket(token: &str) -> usize {
    let bytes = *blake3::hash(token.as_bytes()).as_bytes();
    usize::from(u16::from_le_bytes([bytes[0], bytes[1]])) % BUCKETS
}
