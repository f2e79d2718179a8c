//! Reads the times that sources write: ISO in all its variants, epochs by digit count, and dates with month names.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use crate::domain::Precision;
use crate::evidence::When;

use super::zone;

/// A time as read: where it stands, how finely it was written, and the zone that was written beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    pub when: When,
    pub precision: Precision,
    pub zone: Option<String>,
}

impl Moment {
    /// An explicit instant with seconds.
    #[must_use]
    pub fn instant(at: Timestamp) -> Self {
        Self { when: When::Instant(at), precision: Precision::Second, zone: None }
    }

    /// A date and time with the zone that is known for it; an unambiguous zone makes it an instant.
    #[must_use]
    pub fn civil(at: DateTime, precision: Precision, zone: Option<String>) -> Self {
        match zone.as_deref().and_then(zone::fixed_offset).and_then(|offset| offset.to_timestamp(at).ok()) {
            Some(instant) => Self { when: When::Instant(instant), precision, zone: None },
            None => Self { when: When::Local(at), precision, zone },
        }
    }

    /// The instant, when the source gave one.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        match self.when {
            When::Instant(at) => Some(at),
            _ => None,
        }
    }

    /// The time `length` later, of the same precision.
    #[must_use]
    pub fn plus(&self, length: SignedDuration) -> Option<Self> {
        let when = match self.when {
            When::Instant(at) => When::Instant(at.checked_add(length).ok()?),
            When::Local(at) => When::Local(at.checked_add(length).ok()?),
            When::Clock { .. } => return None,
        };
        Some(Self { when, ..self.clone() })
    }
}

/// Reads any time text with a date. `None` for zero times (`0001-01-01…`, `0`, 1970), ambiguous dates (`1/2/2024`)
/// and what is no time at all.
#[must_use]
pub(crate) fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    let moment =
        epoch_text(text).or_else(|| iso(text)).or_else(|| day_first(text)).or_else(|| named_month(text))?;
    (!is_zero(&moment)).then_some(moment)
}

/// Reads an epoch number by the digits of its integer part: 10 seconds, 13 milli-, 16 micro-, 19 nanoseconds.
/// The text form keeps every digit, which a float does not.
#[must_use]
pub(crate) fn epoch_text(text: &str) -> Option<Moment> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let scale = match whole.len() {
        10 => 1_000_000_000,
        13 => 1_000_000,
        16 => 1_000,
        19 => 1,
        _ => return None,
    };
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut nanos = whole.parse::<i128>().ok()? * scale;
    if scale == 1_000_000_000 && !fraction.is_empty() {
        nanos += i128::from(fraction_nanos(fraction));
    }
    Timestamp::from_nanosecond(nanos).ok().map(Moment::instant)
}

/// Whether the text is a date whose day and month could be swapped: `1/2/2024`.
#[must_use]
pub(crate) fn is_ambiguous(text: &str) -> bool {
    let date = text.split([' ', 'T', ',']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['/', '.', '-']).collect();
    parts.len() == 3
        && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        && parts[0].len() <= 2
        && parts[1].len() <= 2
}

fn is_zero(moment: &Moment) -> bool {
    match moment.when {
        When::Instant(at) => at.as_second() <= 86_400,
        When::Local(at) => at.year() < 1971,
        When::Clock { .. } => false,
    }
}

fn fraction_nanos(digits: &str) -> u32 {
    let mut nanos = 0;
    for index in 0..9 {
        let digit = digits.as_bytes().get(index).map_or(0, |byte| u32::from(byte.wrapping_sub(b'0')) % 10);
        nanos = nanos * 10 + digit;
    }
    nanos
}

fn number(bytes: &[u8]) -> Option<i16> {
    if bytes.is_empty() || bytes.len() > 4 || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(bytes.iter().fold(0, |sum, byte| sum * 10 + i16::from(byte - b'0')))
}

/// Numeric dates that leave no doubt: with dots the day comes first (`28.11.2025 09:32`), with slashes only when one of
/// the numbers is no month (`28/11/2025`, `11/28/2025`).
fn day_first(text: &str) -> Option<Moment> {
    let end = text.find([' ', ',', 'T']).unwrap_or(text.len());
    let (date, rest) = text.split_at(end);
    let mark = if date.contains('.') { '.' } else { '/' };
    let parts: Vec<i16> = date.split(mark).map(|part| number(part.as_bytes())).collect::<Option<_>>()?;
    let [first, second, year] = parts.as_slice() else { return None };
    let (day, month) = match (mark, first, second) {
        ('.', day, month) => (*day, *month),
        (_, day, month) if *day > 12 || day == month => (*day, *month),
        (_, month, day) if *day > 12 => (*day, *month),
        _ => return None,
    };
    (*year > 1900)
        .then(|| iso(&format!("{year:04}-{month:02}-{day:02}{}", rest.replacen(',', "", 1))))
        .flatten()
}

/// `2025-11-28T09:32:10.123+01:00` with its variants: `/` in the date, a space, no seconds, `,` before the fraction,
/// offsets with and without colon, zone names, nothing at all.
fn iso(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    if bytes.len() < 10 || !text.is_ascii() {
        return None;
    }
    let separator = bytes[4];
    if !matches!(separator, b'-' | b'/') || bytes[7] != separator {
        return None;
    }
    let year = number(&bytes[..4])?;
    let date = Date::new(
        year,
        i8::try_from(number(&bytes[5..7])?).ok()?,
        i8::try_from(number(&bytes[8..10])?).ok()?,
    )
    .ok()?;
    if bytes.len() == 10 {
        return Some(Moment {
            when: When::Local(date.at(0, 0, 0, 0)),
            precision: Precision::Day,
            zone: None,
        });
    }
    if !matches!(bytes[10], b'T' | b't' | b' ' | b'_') {
        return None;
    }
    let (clock, rest) = clock(text[11..].trim_start())?;
    let precision = if clock.seconds { Precision::Second } else { Precision::Minute };
    let rest = rest.trim();
    if let Some(offset) = zone::fixed_offset(rest) {
        let at = offset.to_timestamp(date.to_datetime(clock.time)).ok()?;
        return Some(Moment { when: When::Instant(at), precision, zone: None });
    }
    let zone = if rest.is_empty() { None } else { Some(zone::resolve(rest)?) };
    Some(Moment::civil(date.to_datetime(clock.time), precision, zone))
}

/// A time of day as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clock {
    pub time: Time,
    /// Whether AM or PM stood beside it, so that it can be twelve hours wrong.
    pub half_day: bool,
    pub seconds: bool,
}

/// Reads a time of day at the start of `text` (`9:02`, `09:02:10.5`, `5:40 AM`, `0932Z` is none) and returns the rest.
#[must_use]
pub(crate) fn clock(text: &str) -> Option<(Clock, &str)> {
    let bytes = text.as_bytes();
    let hour_digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=2).contains(&hour_digits) || bytes.get(hour_digits) != Some(&b':') {
        return None;
    }
    let mut hour = i8::try_from(number(&bytes[..hour_digits])?).ok()?;
    let mut end = hour_digits + 3;
    let minute = i8::try_from(number(bytes.get(hour_digits + 1..end)?)?).ok()?;
    if bytes.get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let (mut second, mut nanos, mut seconds) = (0, 0, false);
    if bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        second = i8::try_from(number(bytes.get(end + 1..end + 3)?)?).ok()?;
        seconds = true;
        end += 3;
        if matches!(bytes.get(end), Some(b'.' | b',')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            let digits = bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            nanos = fraction_nanos(&text[end + 1..end + 1 + digits]);
            end += 1 + digits;
        }
    }
    let (half, rest) = half_day(&text[end..]);
    if let Some(afternoon) = half {
        match (hour, afternoon) {
            (12, false) => hour = 0,
            (1..=11, true) => hour += 12,
            (1..=12, _) => {}
            _ => return None,
        }
    }
    if hour == 24 && minute == 0 && second == 0 {
        hour = 0;
    }
    let time = Time::new(hour, minute, second.min(59), i32::try_from(nanos).ok()?).ok()?;
    Some((Clock { time, half_day: half.is_some(), seconds }, rest))
}

fn half_day(rest: &str) -> (Option<bool>, &str) {
    let trimmed = rest.trim_start_matches([' ', '\u{202f}', '\u{a0}']);
    for (mark, afternoon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] {
        if let (Some(head), Some(tail)) = (trimmed.get(..mark.len()), trimmed.get(mark.len()..))
            && head.eq_ignore_ascii_case(mark)
            && !tail.starts_with(|c: char| c.is_alphanumeric())
        {
            return (Some(afternoon), tail);
        }
    }
    (None, rest)
}

/// Month from its English name or three-letter abbreviation, 1 to 12.
#[must_use]
pub(crate) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    if word == "sept" {
        return Some(9);
    }
    let index = MONTHS.iter().position(|name| word == *name || word == name[..3])?;
    i8::try_from(index + 1).ok()
}

/// Whether the word is a day of the week, long or short.
#[must_use]
pub(crate) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&word))
}

/// Dates with the month as a word, in any order: git's default, RFC 2822, `Feb 5, 2019 8:47 AM PST`, `25/Jan/21 11:09 AM`.
fn named_month(text: &str) -> Option<Moment> {
    let (spaced, dashed);
    let mut text = text;
    if text.as_bytes().iter().filter(|byte| **byte == b'/').count() == 2 {
        spaced =
            text.replacen('/', " ", 2).replacen(':', if text.find(':') == Some(11) { " " } else { ":" }, 1);
        text = &spaced;
    }
    let head = text.split([' ', ',']).next().unwrap_or_default();
    if head.split('-').count() == 3 && head.contains(char::is_alphabetic) {
        dashed = text.replacen('-', " ", 2);
        text = &dashed;
    }
    let mut date = DateWords::default();
    let mut clock_read = None;
    let mut rest = text;
    while !rest.is_empty() {
        rest = rest.trim_start_matches([' ', ',', '\t', '(', ')', '\u{202f}', '\u{a0}']);
        if clock_read.is_none()
            && let Some((clock, tail)) = clock(rest)
        {
            (clock_read, rest) = (Some(clock), tail);
            continue;
        }
        let end = rest.find([' ', ',', '\t', '(', ')', '\u{202f}', '\u{a0}']).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        rest = tail;
        if !word.is_empty() && !date.take(word, clock_read.is_some()) {
            return None;
        }
    }
    let day = Date::new(date.year?, date.month?, date.day?).ok()?;
    let (time, precision) = match clock_read {
        Some(clock) => (clock.time, if clock.seconds { Precision::Second } else { Precision::Minute }),
        None => (Time::midnight(), Precision::Day),
    };
    Some(Moment::civil(day.to_datetime(time), precision, date.zone))
}

/// The words of a date, gathered one by one.
#[derive(Default)]
struct DateWords {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    zone: Option<String>,
}

impl DateWords {
    /// Takes one word; `false` when it has no place in a date.
    fn take(&mut self, word: &str, after_clock: bool) -> bool {
        if self.month.is_none() && month(word).is_some() {
            self.month = month(word);
            return true;
        }
        if is_weekday(word)
            || word.eq_ignore_ascii_case("at")
            || word == "-"
            || word.eq_ignore_ascii_case("of")
        {
            return true;
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        match number(digits.as_bytes()) {
            Some(year) if digits.len() == 4 && self.year.is_none() => self.year = Some(year),
            Some(day) if digits.len() <= 2 && self.day.is_none() => self.day = i8::try_from(day).ok(),
            Some(year) if digits.len() == 2 && self.year.is_none() && !after_clock => {
                self.year = Some(2000 + year)
            }
            _ if self.zone.is_none() && zone::resolve(word).is_some() => self.zone = zone::resolve(word),
            _ => return false,
        }
        true
    }
}

/// Reads a date alone (`2022-08-30`, `Aug 30, 2022`, `Tuesday, 5 February 2019`).
#[must_use]
pub(crate) fn date(text: &str) -> Option<Date> {
    match parse(text)? {
        Moment { when: When::Local(at), precision: Precision::Day, .. } => Some(at.date()),
        Moment { when: When::Instant(at), precision: Precision::Day, .. } => {
            Some(Offset::UTC.to_datetime(at).date())
        }
        _ => None,
    }
}
