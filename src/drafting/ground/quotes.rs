//! Quotations inside a sentence: each must stand in a cited line, word for word.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;
use crate::drafting::inert::plain_line;
use crate::text::{sentences, unmarked};

static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern("[\"“„]([^\"“”„]{2,})[\"”“]"));
/// What the prose puts in place of a name.
static ROLES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(a responder|the (on-call engineer|incident commander|[a-z]+ (lead|manager|owner)|scribe|communications?( lead)?|deputy)|responder-\d+|person-\d+)\b",
    )
});

/// The quotations of a sentence, and the sentence without them.
#[must_use]
pub fn split(text: &str) -> (Vec<String>, String) {
    let quotes = QUOTED.captures_iter(text).map(|found| found[1].to_owned()).collect();
    (quotes, QUOTED.replace_all(text, " ").into_owned())
}

/// How often a collapsed record was repeated, as the timeline adds it to the words of the record.
static REPEATS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s\(\d+ times( until \d\d:\d\d)?\)$"));
/// Copies shorter than this may be chance.
const COPY: usize = 25;

/// The text without the sentences that copy a line word for word; they need no further proof.
#[must_use]
pub fn without_copies(text: &str, lines: &[&str]) -> String {
    let (body, repeats) = text.split_at(REPEATS.find(text).map_or(text.len(), |found| found.start()));
    let copied =
        |piece: &str| piece.chars().count() >= COPY && !piece.contains('"') && stands_in(piece, lines);
    // The name of a milestone may stand in front of the copy.
    let start = body.find(". ").filter(|at| *at < 40).map_or(0, |at| at + 2);
    if copied(body) || start > 0 && copied(&body[start..]) {
        return format!("{}{repeats}", if copied(body) { "" } else { &body[..start] });
    }
    text.to_owned()
}

/// Whether every sentence of the quotation stands in one of the lines; roles stand for the names they replaced.
#[must_use]
pub fn stands_in(quote: &str, lines: &[&str]) -> bool {
    let lines: Vec<String> = lines.iter().map(|line| normal(line)).collect();
    let quote = plain_line(quote);
    sentences(&quote).into_iter().all(|span| {
        let wanted = normal(span.of(&quote));
        lines.iter().any(|line| in_order(&wanted, line))
    })
}

fn in_order(wanted: &str, line: &str) -> bool {
    let mut from = 0;
    for piece in ROLES.split(wanted).map(str::trim).filter(|piece| !piece.is_empty()) {
        match line[from..].find(piece) {
            Some(at) => from += at + piece.len(),
            None => return false,
        }
    }
    true
}

/// Lower case, single spaces, one kind of quotation mark, no mark-up left by escaping, no final punctuation.
fn normal(text: &str) -> String {
    let plain: String = unmarked(&plain_line(text).replace('\\', ""))
        .to_lowercase()
        .chars()
        .filter(|c| *c != '`')
        .map(|c| {
            if matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '’' | '‘') {
                '\''
            } else {
                c
            }
        })
        .collect();
    plain.trim_end_matches(['.', '…', '!', ',', ';', ':', ' ', '\'']).trim_start_matches('\'').to_owned()
}
