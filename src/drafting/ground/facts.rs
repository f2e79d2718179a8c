//! The checkable facts of a sentence: times, dates, spans, shares, numbers, identifiers and names.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use super::pattern::pattern;

/// Something in a sentence that its evidence must carry.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// Minutes since midnight, and the second if one is given.
    Clock {
        minute: i64,
        second: Option<i64>,
    },
    Date(Date),
    /// A span in seconds, the smallest unit it was said in, and how exactly.
    Span {
        seconds: f64,
        unit: f64,
        bound: Bound,
    },
    /// `near` as with a number.
    Percent {
        value: f64,
        near: bool,
    },
    /// A share in words, such as a third, as a percentage; "nearly" and "more than" come with it.
    Share(f64),
    /// `near` when the sentence says so: about, nearly, more than.
    Number {
        value: f64,
        near: bool,
    },
    /// A host, version, ticket, quantity, path, metric or abbreviation, in lower case.
    Identifier(String),
    /// A capitalised word inside a sentence.
    Name(String),
}

/// How exactly a span is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Exact,
    /// About, roughly, some.
    Near,
    /// Less than, under.
    Below,
    /// Within, which is said of what nearly fills it.
    Within,
    /// More than, over, a good.
    Above,
}

/// A fact with the words that stated it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    pub fact: Fact,
    pub words: String,
}

type Reader = fn(&Captures<'_>, &str) -> Option<Fact>;

/// Number words, so that longer ones are read before those that they begin with.
const COUNT_WORDS: &str = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
const UNITS: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The kinds of fact in the order in which they are read; what one has read the next does not see.
static READERS: LazyLock<Vec<(Regex, Reader)>> = LazyLock::new(|| {
    let spans = format!(
        r"(?i)\b(\d+(?:[.,]\d+)?|{COUNT_WORDS}|half an|one)(?:\s*|-)(milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)\b(?:(?:\s+and)?(?:\s+about)?\s+(\d+|{COUNT_WORDS}|one)\s*(seconds?|secs?|minutes?|mins?|hours?|hrs?)\b)?"
    );
    let readers: Vec<(String, Reader)> = vec![
        (r"(?i)\b[a-z][a-z0-9+.-]*://\S+".into(), identifier),
        (r"\b(\d{4})-(\d{2})-(\d{2})\b".into(), date),
        (r"(?i)\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(am|pm)?\b".into(), clock),
        (format!(r"(?i)\b(\d+|{COUNT_WORDS}|one|an|a)\s+(?:and a half\s+(seconds?|minutes?|hours?|days?)|(minute|hour|day) and a half)\b"), half_more),
        (r"(?i)\b(half an?|(?:a|three) quarters? of an) (minute|hour|day)\b".into(), part_of),
        (r"(?i)\b(half|(?:a|three) quarters?)(?: of)? an? (million|billion)\b".into(), part_of_many),
        (r"(?i)\bevery (second|other|third|fourth|fifth|tenth)\b".into(), every),
        (format!(r"(?i)\b(one|{COUNT_WORDS})(?: \w+)? (?:in|out of)(?: every)? ({COUNT_WORDS})\b"), one_in),
        (r"(?i)\b(?:(a|one|two) thirds?|(a|one|three) quarters?|half of)\b".into(), share),
        (spans, span),
        (r"\b(\d+)(h)(\d+)?m?\b|\b(\d+)(m|s|d)\b".into(), short_span),
        (format!(r"(?i)(\d+(?:[.,]\d+)?|\b(?:{COUNT_WORDS}))\s*(?:%|percent\b|per cent\b)"), percent),
        (r"(?i)\b(\d[\d,]*(?:\.\d+)?)\s?(k|thousand|million|bn|billion)\b".into(), scaled),
        (r"\b[A-Z][A-Z0-9]+-\d+\b|#\d+\b|\bv?\d+\.\d+\.\d+[\w.+-]*|\bv\d[\w.]*\b|\b\d{1,3}(?:\.\d{1,3}){3}\b".into(), identifier),
        (r"\b[A-Za-z0-9]+(?:[-_./:][A-Za-z0-9]+)+\b".into(), compound),
        (r"\b(?:[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}[a-z]?\w*|[A-Za-z]+\d\w*|\d+[A-Za-z]\w*)\b".into(), identifier),
        (format!(r"(?i)\b(\d{{1,3}}(?:[,\u{{202f}} ]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{COUNT_WORDS})\b"), number),
    ];
    readers.into_iter().map(|(source, reader)| (pattern(&source), reader)).collect()
});

/// Abbreviations that every report uses and no line needs to carry.
const COMMON: &[&str] = &[
    "utc", "gmt", "ok", "id", "ids", "e2e", "24/7", "and/or", "n/a", "i/o", "sev", "faq", "pr", "prs", "ic",
    "slo", "sla", "api", "http", "https", "ci", "cd", "ci/cd", "sre",
];

/// Parts of hyphenated English words that name nothing.
const GLUE: &str = "on call up down re non multi self well half long short first second third roll back follow post \
    pre time off line by to in out of the an a end start high low real full part hand step cross \
    team wide level based side day week month year minute hour so called as is mid run set read \
    only write built over under go live check no one two co anti sub super inter intra auto semi \
    cause effect blameless response related facing customer user client server clean log break \
    build look shut stand warm cut fall take turn fail mortem";

/// The facts of `text` and what is left of it, with the facts blanked out.
#[must_use]
pub fn facts(text: &str) -> (Vec<Stated>, String) {
    // One length with the text below, whose positions decide on openings.
    let text = &*text.replace(['’', '‘'], "'");
    let mut rest = text.to_owned();
    let mut found = Vec::new();
    for (pattern, read) in READERS.iter() {
        let source = rest.clone();
        for captures in pattern.captures_iter(&source) {
            let Some(whole) = captures.get(0) else { continue };
            if is_part(&source, whole.range()) {
                continue;
            }
            if let Some(fact) = read(&captures, &source[..whole.start()]) {
                found.push(Stated { fact, words: whole.as_str().to_owned() });
                rest.replace_range(whole.range(), &" ".repeat(whole.len()));
            }
        }
    }
    names(&rest, text, &mut found);
    (found, rest)
}

/// Whether letters that the patterns do not know go on before or behind a place: `rich2` in `Zürich2` is no word.
fn is_part(text: &str, place: std::ops::Range<usize>) -> bool {
    let goes_on = |c: char| !c.is_ascii() && c.is_alphanumeric();
    text[..place.start].ends_with(goes_on) || text[place.end..].starts_with(goes_on)
}

fn clock(found: &Captures<'_>, _: &str) -> Option<Fact> {
    let part = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<i64>().ok());
    let (mut hour, minute) = (part(1)?, part(2)?);
    match found.get(4).map(|half| half.as_str().to_lowercase()).as_deref() {
        Some("pm") if hour < 12 => hour += 12,
        Some("am") if hour == 12 => hour = 0,
        _ => {}
    }
    (hour < 24 && minute < 60).then_some(Fact::Clock { minute: hour * 60 + minute, second: part(3) })
}

fn date(found: &Captures<'_>, _: &str) -> Option<Fact> {
    Date::new(found[1].parse().ok()?, found[2].parse().ok()?, found[3].parse().ok()?).ok().map(Fact::Date)
}

fn unit_seconds(unit: &str) -> f64 {
    let lower = unit.to_lowercase();
    match lower.as_str() {
        "ms" => 0.001,
        unit if unit.starts_with("milli") => 0.001,
        unit if unit.starts_with('s') => 1.0,
        unit if unit.starts_with('m') => 60.0,
        unit if unit.starts_with('h') => 3_600.0,
        unit if unit.starts_with('w') => 604_800.0,
        _ => 86_400.0,
    }
}

fn span(found: &Captures<'_>, before: &str) -> Option<Fact> {
    let unit = unit_seconds(&found[2]);
    let first = if found[1].eq_ignore_ascii_case("half an") { 0.5 } else { amount(&found[1])? };
    let smaller = found
        .get(3)
        .zip(found.get(4))
        .and_then(|(count, unit)| Some((amount(count.as_str())?, unit_seconds(unit.as_str()))));
    let bound = bound(before);
    Some(match smaller {
        Some((count, small)) => Fact::Span { seconds: first * unit + count * small, unit: small, bound },
        None if found[1].eq_ignore_ascii_case("half an") => {
            Fact::Span { seconds: first * unit, unit: 60.0, bound }
        }
        None => Fact::Span { seconds: first * unit, unit, bound },
    })
}

/// What the words before a span make of it.
fn bound(before: &str) -> Bound {
    let lower = before.to_lowercase();
    let ends = |words: &[&str]| words.iter().any(|word| lower.trim_end().ends_with(word));
    match () {
        () if ends(&["less than", "fewer than", "under", "below", "not even", "no more than", "inside"]) => {
            Bound::Below
        }
        () if ends(&["more than", "over", "longer than", "at least", "a good", "above"]) => Bound::Above,
        () if ends(&["within"]) => Bound::Within,
        () if is_near(before) => Bound::Near,
        () => Bound::Exact,
    }
}

/// "Two and a half minutes", "an hour and a half".
fn half_more(found: &Captures<'_>, before: &str) -> Option<Fact> {
    let count = if found[1].to_lowercase().starts_with('a') { 1.0 } else { amount(&found[1])? };
    let unit = unit_seconds(found.get(2).or(found.get(3))?.as_str());
    Some(Fact::Span { seconds: (count + 0.5) * unit, unit: unit / 2.0, bound: bound(before) })
}

/// "A quarter of an hour", "half a minute".
fn part_of(found: &Captures<'_>, before: &str) -> Option<Fact> {
    let part = match found[1].to_lowercase().as_str() {
        "a quarter of an" => 0.25,
        "three quarters of an" => 0.75,
        _ => 0.5,
    };
    let unit = unit_seconds(&found[2]);
    Some(Fact::Span { seconds: part * unit, unit: unit / 12.0, bound: bound(before) })
}

/// "A quarter of a million", which is always said of what is near it.
fn part_of_many(found: &Captures<'_>, _: &str) -> Option<Fact> {
    let part = match found[1].to_lowercase().as_bytes() {
        [b'h', ..] => 0.5,
        [b'a', ..] => 0.25,
        _ => 0.75,
    };
    let scale = if found[2].eq_ignore_ascii_case("million") { 1e6 } else { 1e9 };
    Some(Fact::Number { value: part * scale, near: true })
}

/// "Every second device".
fn every(found: &Captures<'_>, _: &str) -> Option<Fact> {
    let parts = match found[1].to_lowercase().as_str() {
        "third" => 3.0,
        "fourth" => 4.0,
        "fifth" => 5.0,
        "tenth" => 10.0,
        _ => 2.0,
    };
    Some(Fact::Share(100.0 / parts))
}

/// "One connection in eight"; "two of the four" are numbers.
fn one_in(found: &Captures<'_>, _: &str) -> Option<Fact> {
    let (part, whole) = (amount(&found[1])?, amount(&found[2])?);
    (part < whole).then_some(Fact::Share(part / whole * 100.0))
}

fn share(found: &Captures<'_>, _: &str) -> Option<Fact> {
    let count = |at: usize| found.get(at).map(|word| word.as_str().to_lowercase());
    let many = |word: &str, many: f64| if matches!(word, "a" | "one") { 1.0 } else { many };
    Some(Fact::Share(match (count(1), count(2)) {
        (Some(thirds), _) => many(&thirds, 2.0) * 100.0 / 3.0,
        (_, Some(quarters)) => many(&quarters, 3.0) * 25.0,
        _ => 50.0,
    }))
}

fn short_span(found: &Captures<'_>, before: &str) -> Option<Fact> {
    let number = |at: usize| found.get(at).and_then(|part| part.as_str().parse::<f64>().ok());
    match number(1) {
        Some(hours) => Some(Fact::Span {
            seconds: hours * 3_600.0 + number(3).unwrap_or(0.0) * 60.0,
            unit: if number(3).is_some() { 60.0 } else { 3_600.0 },
            bound: bound(before),
        }),
        None => {
            let unit = unit_seconds(found.get(5)?.as_str());
            // "503s" are answers with a status, not seconds.
            if unit == 1.0 && number(4).is_some_and(|count| (400.0..600.0).contains(&count)) {
                return identifier(found, before);
            }
            Some(Fact::Span { seconds: number(4)? * unit, unit, bound: bound(before) })
        }
    }
}

fn percent(found: &Captures<'_>, before: &str) -> Option<Fact> {
    let value = amount(&found[1]).or_else(|| found[1].replace(',', ".").parse().ok())?;
    Some(Fact::Percent { value, near: is_near(before) })
}

fn scaled(found: &Captures<'_>, before: &str) -> Option<Fact> {
    let scale = match found[2].to_lowercase().as_str() {
        "k" | "thousand" => 1e3,
        "million" => 1e6,
        _ => 1e9,
    };
    Some(Fact::Number { value: amount(&found[1])? * scale, near: is_near(before) })
}

fn number(found: &Captures<'_>, before: &str) -> Option<Fact> {
    Some(Fact::Number { value: amount(&found[1])?, near: is_near(before) })
}

fn is_near(before: &str) -> bool {
    let lower = before.to_lowercase();
    [
        "about",
        "around",
        "nearly",
        "almost",
        "roughly",
        "approximately",
        "some",
        "over",
        "than",
        "~",
        "ca.",
        "a good",
        "close to",
    ]
    .iter()
    .any(|word| lower.trim_end().ends_with(word))
}

/// Digits with separators, or a number word.
fn amount(words: &str) -> Option<f64> {
    let lower = words.to_lowercase();
    let unit = |word: &str| UNITS.iter().skip(1).position(|unit| *unit == word).map(|at| at as f64 + 1.0);
    let ten =
        |word: &str| TENS.iter().skip(2).position(|ten| *ten == word).map(|at| (at as f64 + 2.0) * 10.0);
    let spelt = match lower.split_once(['-', ' ']) {
        Some((tens, units)) => ten(tens).zip(unit(units)).map(|(tens, units)| tens + units),
        None => unit(&lower).or_else(|| ten(&lower)),
    };
    if spelt.is_some() {
        return spelt;
    }
    words.replace([',', ' ', '\u{202f}'], "").parse().ok()
}

fn identifier(found: &Captures<'_>, _: &str) -> Option<Fact> {
    // A version may end its sentence.
    let lower = found[0].trim_end_matches(['.', '-', '+']).to_lowercase();
    (!COMMON.contains(&lower.as_str())).then_some(Fact::Identifier(lower))
}

/// `payments-api` names something, `on-call` does not.
fn compound(found: &Captures<'_>, before: &str) -> Option<Fact> {
    let lower = found[0].to_lowercase();
    let ordinary = lower.split(['-', '/']).all(|part| {
        GLUE.split(' ').any(|word| word == part) || part.chars().all(|c| c.is_ascii_digit()) && part.len() < 3
    });
    if ordinary { None } else { identifier(found, before) }
}

/// Capitalised words that do not open a sentence.
fn names(rest: &str, text: &str, found: &mut Vec<Stated>) {
    for span in crate::text::words(rest) {
        let word = span.of(rest);
        let capital = word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1;
        let before = rest[..span.start].trim_end();
        // Position decides on the sentence with its facts still in place: "09:22 Restart" opens nothing.
        let opens = text[..span.start.min(text.len())].trim_end().is_empty()
            || before.ends_with(['.', '!', '?', ':', ';', '(', '"', '“', '|']);
        let lower = word.to_lowercase();
        let common = COMMON.contains(&lower.as_str()) || COMMON_NAMES.split(' ').any(|name| name == lower);
        if capital && !opens && !common {
            found.push(Stated { fact: Fact::Name(word.to_owned()), words: word.to_owned() });
        }
    }
}

/// Capitalised in English without naming a party to the incident.
const COMMON_NAMES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june \
    july august september october november december english i'm i'll i've i'd sev ok";
