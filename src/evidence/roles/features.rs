//! Turns a line into numbers: hashed words and word pairs, the votes of the rules, and a few cues of form.

use crate::text::words;

use super::ALL;
use super::rules::Votes;

/// Buckets for hashed words and pairs.
pub(super) const BUCKETS: usize = 1024;
/// Cues of form after the votes: length, question, link, code, digits, mention, first person, bot.
const CUES: usize = 8;
/// Length of the vector.
pub(super) const WIDTH: usize = BUCKETS + ALL.len() + CUES;

/// Non-zero features as (column, value), columns ascending.
pub(super) fn features(text: &str, bot: bool, votes: &Votes) -> Vec<(usize, f64)> {
    let lower = text.to_lowercase();
    let tokens: Vec<String> = words(&lower)
        .into_iter()
        .map(|span| {
            let word = span.of(&lower);
            if word.bytes().any(|byte| byte.is_ascii_digit()) { "#".to_owned() } else { word.to_owned() }
        })
        .collect();
    let mut columns: Vec<usize> = tokens.iter().map(|word| bucket(word)).collect();
    columns.extend(tokens.windows(2).map(|pair| bucket(&pair.join(" "))));
    if let Some(first) = tokens.first() {
        columns.push(bucket(&format!("^{first}")));
    }
    columns.sort_unstable();
    columns.dedup();
    let weight = 1.0 / (columns.len().max(1) as f64).sqrt();
    let mut vector: Vec<(usize, f64)> = columns.into_iter().map(|column| (column, weight)).collect();
    vector.extend(votes.iter().enumerate().map(|(at, vote)| (BUCKETS + at, vote / 3.0)));
    let first_person =
        tokens.iter().any(|word| matches!(word.as_str(), "i" | "i'm" | "i'll" | "we" | "we're"));
    let cues = [
        (tokens.len() as f64).ln_1p() / 3.0,
        f64::from(u8::from(text.trim_end().ends_with('?'))),
        f64::from(u8::from(text.contains("http"))),
        f64::from(u8::from(text.contains('`'))),
        f64::from(u8::from(text.bytes().any(|byte| byte.is_ascii_digit()))),
        f64::from(u8::from(text.contains('@'))),
        f64::from(u8::from(first_person)),
        f64::from(u8::from(bot)),
    ];
    vector.extend(cues.into_iter().enumerate().map(|(at, cue)| (BUCKETS + ALL.len() + at, cue)));
    vector.retain(|(_, value)| *value != 0.0);
    vector
}

fn bucket(token: &str) -> usize {
    let bytes = *blake3::hash(token.as_bytes()).as_bytes();
    usize::from(u16::from_le_bytes([bytes[0], bytes[1]])) % BUCKETS
}
