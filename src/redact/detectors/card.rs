//! Payment card numbers with a valid check digit.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::rule::Rule;
use crate::redact::{Kind, Reach};
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "card",
    kind: Kind::Personal,
    about: "Payment card numbers (issuer prefix, length, Luhn check digit)",
    trigger: r"[0-9]{14}|[0-9]{4}[ -][0-9]{4}[ -][0-9]|3[0-9]{3}[ -][0-9]{6}",
    reach: Reach::Line,
    pattern: LazyLock::new(|| {
        Regex::new(r"(?-u:\b)(?:[2-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}|3[068][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{4})(?-u:\b)").ok()
    }),
    accept: is_card,
};

fn is_card(text: &str, span: Span) -> bool {
    let digits: Vec<u8> = span.of(text).bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
    apart(text, span) && issued(&digits) && luhn(&digits)
}

/// Not a piece of a longer number, identifier or path.
fn apart(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|head| head.chars().next_back());
    let mut after = text.get(span.end..).unwrap_or_default().chars();
    let (next, second) = (after.next(), after.next());
    let glue = |c: Option<char>| matches!(c, Some('-' | '_' | '.' | '/' | '+' | '@'));
    !(glue(before) || glue(next) && second.is_some_and(char::is_alphanumeric))
}

/// Issuer prefixes with their lengths (ISO/IEC 7812 ranges of the large schemes).
fn issued(digits: &[u8]) -> bool {
    let prefix =
        |count: usize| digits.iter().take(count).fold(0u32, |number, &digit| number * 10 + u32::from(digit));
    match digits.len() {
        16 => {
            digits[0] == 4
                || (51..=55).contains(&prefix(2))
                || (2221..=2720).contains(&prefix(4))
                || matches!(prefix(2), 35 | 62 | 65 | 50 | 56..=58)
                || prefix(4) == 6011
                || (644..=649).contains(&prefix(3))
        }
        15 => matches!(prefix(2), 34 | 37),
        14 => matches!(prefix(2), 30 | 36 | 38),
        _ => false,
    }
}

/// Luhn's formula (ISO/IEC 7812-1).
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, &digit)| {
            let digit = u32::from(digit);
            match (at % 2 == 1, digit * 2) {
                (false, _) => digit,
                (true, doubled) if doubled > 9 => doubled - 9,
                (true, doubled) => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}
