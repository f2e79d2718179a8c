//! International bank account numbers with valid check digits.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::{Pattern, ranges};
use crate::redact::{Detector, Kind, Options};
use crate::text::Span;

pub(super) struct Iban;
pub(super) static ENTRY: Iban = Iban;

static CANDIDATE: Pattern =
    LazyLock::new(|| Regex::new(r"(?-u:\b)[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}(?-u:\b)").ok());

/// Country to length (SWIFT IBAN registry).
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
];

impl Detector for Iban {
    fn id(&self) -> &'static str {
        "iban"
    }

    fn kind(&self) -> Kind {
        Kind::Personal
    }

    fn about(&self) -> &'static str {
        "Bank account numbers (country length, remainder 1 by 97)"
    }

    fn trigger(&self) -> &'static str {
        r"[A-Z]{2}[0-9]{2}[ -]?[A-Z0-9]{3}"
    }

    fn find(&self, text: &str, _options: &Options, found: &mut Vec<Span>) {
        found.extend(ranges(&CANDIDATE, text).filter_map(|span| account(text, span)));
    }
}

/// The range cut to the length of its country, if the check digits hold.
fn account(text: &str, span: Span) -> Option<Span> {
    let candidate = span.of(text);
    let &(_, length) = LENGTHS.iter().find(|(country, _)| candidate.starts_with(country))?;
    let mut seen = 0;
    let end = candidate.char_indices().find_map(|(at, c)| {
        seen += usize::from(c.is_ascii_alphanumeric());
        (seen == length).then_some(at + 1)
    })?;
    let follows = candidate[end..].chars().next();
    let number: String = candidate[..end].chars().filter(char::is_ascii_alphanumeric).collect();
    (!follows.is_some_and(char::is_alphanumeric) && remainder(&number) == 1)
        .then(|| Span::new(span.start, span.start + end))
}

/// ISO 7064 MOD 97-10 over the number with its first four characters moved to the end.
fn remainder(number: &str) -> u32 {
    let (head, tail) = number.split_at(4);
    tail.chars().chain(head.chars()).filter_map(|c| c.to_digit(36)).fold(0, |rest, digit| {
        let shift = if digit > 9 { 100 } else { 10 };
        (rest * shift + digit) % 97
    })
}
