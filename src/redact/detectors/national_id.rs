//! National identity numbers, for the countries that the options name.

use std::sync::LazyLock;

use regex::Regex;

use crate::redact::options::Country;
use crate::redact::rule::{Pattern, ranges};
use crate::redact::{Detector, Kind, Options};
use crate::text::Span;

pub(super) struct NationalId;
pub(super) static ENTRY: NationalId = NationalId;

/// How a country's number is written and checked.
struct Scheme {
    country: Country,
    pattern: Pattern,
    check: fn(&str) -> bool,
}

static SCHEMES: [Scheme; 6] = [
    Scheme {
        country: Country::Brazil,
        pattern: LazyLock::new(|| Regex::new(r"(?-u:\b)\d{3}\.\d{3}\.\d{3}-\d{2}(?-u:\b)").ok()),
        check: cpf,
    },
    Scheme {
        country: Country::France,
        pattern: LazyLock::new(|| {
            Regex::new(r"(?-u:\b)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?-u:\b)").ok()
        }),
        check: nir,
    },
    Scheme {
        country: Country::Netherlands,
        pattern: LazyLock::new(|| Regex::new(r"(?-u:\b)\d{9}(?-u:\b)").ok()),
        check: bsn,
    },
    Scheme {
        country: Country::Spain,
        pattern: LazyLock::new(|| Regex::new(r"(?-u:\b)[XYZ0-9]\d{7}-?[A-Z](?-u:\b)").ok()),
        check: dni,
    },
    Scheme {
        country: Country::UnitedKingdom,
        pattern: LazyLock::new(|| {
            Regex::new(r"(?-u:\b)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?-u:\b)")
                .ok()
        }),
        check: |_| true,
    },
    Scheme {
        country: Country::UnitedStates,
        pattern: LazyLock::new(|| Regex::new(r"(?-u:\b)\d{3}-\d{2}-\d{4}(?-u:\b)").ok()),
        check: ssn,
    },
];

impl Detector for NationalId {
    fn id(&self) -> &'static str {
        "national-id"
    }

    fn kind(&self) -> Kind {
        Kind::Personal
    }

    fn about(&self) -> &'static str {
        "National identity numbers of the countries named in the configuration (br, es, fr, gb, nl, us)"
    }

    fn trigger(&self) -> &'static str {
        r"\d{3}[.-]?\d{2}|[A-Z]{2} ?\d{2} ?\d{2}|[12] \d{2} \d{2}"
    }

    fn wanted(&self, options: &Options) -> bool {
        !options.national_ids.is_empty()
    }

    fn find(&self, text: &str, options: &Options, found: &mut Vec<Span>) {
        for scheme in SCHEMES.iter().filter(|scheme| options.national_ids.contains(&scheme.country)) {
            found.extend(ranges(&scheme.pattern, text).filter(|span| (scheme.check)(span.of(text))));
        }
    }
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// Area, group and serial that were never issued are refused.
fn ssn(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    !matches!(parts.first(), Some(&"000" | &"666"))
        && !text.starts_with('9')
        && parts.get(1) != Some(&"00")
        && parts.get(2) != Some(&"0000")
}

/// Two check digits by weighted sums modulo 11.
fn cpf(text: &str) -> bool {
    let digits = digits(text);
    let check = |count: usize| {
        let sum: u32 = digits
            .iter()
            .take(count)
            .zip((2..=count as u32 + 1).rev())
            .map(|(digit, weight)| digit * weight)
            .sum();
        sum * 10 % 11 % 10
    };
    digits.len() == 11
        && digits.iter().any(|digit| *digit != digits[0])
        && check(9) == digits[9]
        && check(10) == digits[10]
}

/// Key = 97 − (number mod 97).
fn nir(text: &str) -> bool {
    let digits = digits(text);
    let number = |part: &[u32]| part.iter().fold(0u64, |number, digit| number * 10 + u64::from(*digit));
    digits.len() == 15 && 97 - number(&digits[..13]) % 97 == number(&digits[13..])
}

/// The "elfproef": weights 9 to 2 and −1, sum divisible by 11.
fn bsn(text: &str) -> bool {
    let digits = digits(text);
    let sum: i64 = digits
        .iter()
        .zip([9, 8, 7, 6, 5, 4, 3, 2, -1])
        .map(|(digit, weight)| i64::from(*digit) * weight)
        .sum();
    digits.len() == 9 && sum != 0 && sum % 11 == 0
}

/// The letter follows from the number modulo 23; X, Y, Z stand for 0, 1, 2.
fn dni(text: &str) -> bool {
    let plain = text.replace('-', "").replace('X', "0").replace('Y', "1").replace('Z', "2");
    let Some((number, _)) = plain.split_at_checked(8) else { return false };
    let letter = text.chars().next_back();
    number.parse::<usize>().ok().and_then(|number| "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(number % 23))
        == letter
}
