//! The time at the beginning of a line of prose, with everything that people put around it.

use jiff::civil::{Date, Time};

use crate::domain::Precision;
use crate::evidence::When;
use crate::evidence::ingest::moment::{self, Clock, Moment};
use crate::evidence::ingest::zone;

/// A time at the start of a line and what follows it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stamp<'a> {
    /// The whole time when a date stood beside it.
    pub moment: Option<Moment>,
    pub date: Option<Date>,
    pub time: Time,
    pub half_day: bool,
    pub precision: Precision,
    /// End of a range.
    pub until: Option<Time>,
    /// Zone written beside the time.
    pub zone: Option<String>,
    /// `~`, `ca.`, `±` and the like stood before it.
    pub about: bool,
    pub text: &'a str,
}

/// Reads `- 21:17 UTC: text`, `* [09:02] text`, `### 17:12 text`, `**10:05 AM** – text`, `2026-03-30 08:56 text`,
/// `~13:30-13:45 text`.
#[must_use]
pub(crate) fn stamp(line: &str) -> Option<Stamp<'_>> {
    let (rest, about) = openers(line);
    if let Some(stamp) = dated(rest, about) {
        return Some(stamp);
    }
    let (clock, tail) = moment::clock(rest).or_else(|| dotted(rest))?;
    finish(clock, None, about, tail)
}

/// `14.02 Uhr text`, `14h02 text`; a bare `18.04 text` may be a version.
fn dotted(rest: &str) -> Option<(Clock, &str)> {
    let bytes = rest.as_bytes();
    let digits = [0, 1, 3, 4].iter().all(|at| bytes.get(*at).is_some_and(u8::is_ascii_digit));
    if !digits {
        return None;
    }
    let tail = match bytes[2] {
        b'.' => rest[5..].strip_prefix(" Uhr")?,
        b'h' => &rest[5..],
        _ => return None,
    };
    let (clock, _) = moment::clock(&format!("{}:{}", &rest[..2], &rest[3..5]))?;
    tail.starts_with([' ', ':', '\t', '-']).then_some((clock, tail))
}

/// A time at the end of a short line, as blocks of figures have it: `- First detected 2020-08-25 11:01`,
/// `Resolved: 2020-08-25 12:40 UTC`. The words before it are the text.
#[must_use]
pub(crate) fn trailing_stamp(line: &str) -> Option<Stamp<'_>> {
    let (line, _) = openers(line.trim_end().trim_end_matches('.'));
    let starts = line
        .char_indices()
        .filter(|(at, c)| *at > 0 && c.is_ascii_digit() && line[..*at].ends_with([' ', '(']));
    let (at, mut found) = starts.filter_map(|(at, _)| Some((at, dated(&line[at..], false)?))).next()?;
    let label = line[..at].trim_end_matches([' ', ':', '*', '(', '-', '=', '\u{2013}', '|', '@']);
    let label = match label.trim_end_matches(',').rsplit_once(' ') {
        Some((before, day)) if moment::is_weekday(day) => before.trim_end_matches([' ', ':', '*', '(', '-']),
        _ => label,
    };
    let short = label.split_whitespace().count() <= 6 && label.chars().any(char::is_alphabetic);
    if !short || !found.text.trim_matches([')', '*', ' ']).is_empty() {
        return None;
    }
    found.text = label;
    Some(found)
}

/// List marks, quotes, headings, emphasis and brackets in front, and words that say "about".
fn openers(line: &str) -> (&str, bool) {
    let mut rest = line.trim_start();
    let mut about = false;
    loop {
        let before = rest;
        rest = rest.trim_start_matches([
            '-', '*', '•', '>', '#', '[', '(', '`', '_', '|', ' ', '\t', '\u{2013}', '\u{2014}', '\u{a0}',
            '"',
        ]);
        for word in [
            "~",
            "±",
            "≈",
            "ca.",
            "ca ",
            "c. ",
            "circa ",
            "about ",
            "around ",
            "approx. ",
            "approximately ",
            "At ",
            "at ",
        ] {
            if let Some(tail) = rest.strip_prefix(word) {
                about |= !word.eq_ignore_ascii_case("at ");
                rest = tail;
            }
        }
        // `1. 09:02 …`
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=2).contains(&digits) && rest[digits..].starts_with(". ") {
            rest = &rest[digits + 2..];
        }
        if rest == before {
            return (rest, about);
        }
    }
}

/// A line that begins with a date: all of the words that still make one time belong to it.
fn dated(rest: &str, about: bool) -> Option<Stamp<'_>> {
    let begins_with_digit = rest.starts_with(|c: char| c.is_ascii_digit());
    let month_first = rest
        .split([' ', ','])
        .next()
        .is_some_and(|word| moment::month(word).is_some() || (moment::is_weekday(word) && word.len() < 10));
    if !begins_with_digit && !month_first {
        return None;
    }
    if let Some(instant) = iso_word(rest, about) {
        return Some(instant);
    }
    // Where the clock begins; what stands before it must be a date.
    let mut at = 0;
    for word in rest.split_inclusive([' ', ',']).take(6) {
        if let (true, Some((clock, tail))) = (at > 0, moment::clock(&rest[at..])) {
            let date = moment::date(rest[..at].trim_matches([' ', ',', '-', '\u{2013}', '|', 'T']))?;
            return finish(clock, Some(date), about, tail);
        }
        at += word.len();
    }
    None
}

/// `2025-11-28T09:34:00Z …`.
fn iso_word(rest: &str, about: bool) -> Option<Stamp<'_>> {
    let end = rest.find([' ', '\t', ']', '|', '*', ')']).unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches([':', ',', '`']);
    if !word.contains(['T', 't']) {
        return None;
    }
    let moment = moment::parse(word)?;
    let (date, time) = match moment.when {
        When::Instant(at) => {
            let civil = jiff::tz::Offset::UTC.to_datetime(at);
            (civil.date(), civil.time())
        }
        When::Local(at) => (at.date(), at.time()),
        When::Clock { .. } => return None,
    };
    Some(Stamp {
        precision: moment.precision,
        moment: Some(moment),
        date: Some(date),
        time,
        half_day: false,
        until: None,
        zone: None,
        about,
        text: closers(&rest[end..]),
    })
}

fn finish(clock: Clock, date: Option<Date>, about: bool, tail: &str) -> Option<Stamp<'_>> {
    let (until, tail) = range_end(tail);
    let (zone, tail) = zone_beside(tail);
    let (late_range, tail) = if until.is_none() { range_end(tail) } else { (None, tail) };
    // A clock must end where a word ends: `10:1x`, `12:30s` and ratios such as `3:00:1` are none.
    if tail.starts_with(|c: char| c.is_alphanumeric() || c == '%') {
        return None;
    }
    let precision = if clock.seconds { Precision::Second } else { Precision::Minute };
    let moment = date.map(|date| Moment::civil(date.to_datetime(clock.time), precision, zone.clone()));
    Some(Stamp {
        moment,
        date,
        time: clock.time,
        half_day: clock.half_day,
        precision,
        until: until.or(late_range),
        zone,
        about,
        text: closers(tail),
    })
}

/// `-13:45`, ` – 13:45`, ` to 13:45`.
fn range_end(tail: &str) -> (Option<Time>, &str) {
    let rest = tail.trim_start();
    for mark in ["-", "\u{2013}", "\u{2014}", "to ", "until ", "→"] {
        if let Some(after) = rest.strip_prefix(mark)
            && let Some((clock, tail)) = moment::clock(after.trim_start())
            && !tail.starts_with(|c: char| c.is_alphanumeric())
        {
            return (Some(clock.time), tail);
        }
    }
    (None, tail)
}

fn zone_beside(tail: &str) -> (Option<String>, &str) {
    let rest = tail.trim_start_matches([' ', '(', '\u{a0}']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-/_".contains(c))).unwrap_or(rest.len());
    // `UTC+02:00`, whose colon would end the word.
    let end = match rest.get(end..end + 3) {
        Some(minutes)
            if rest[..end].contains(['+', '-'])
                && minutes.starts_with(':')
                && minutes[1..].bytes().all(|b| b.is_ascii_digit()) =>
        {
            end + 3
        }
        _ => end,
    };
    let word = &rest[..end];
    let looks_like_label =
        word.len() >= 2 && word.starts_with(|c: char| c.is_ascii_uppercase() || c == '+') || word == "Z";
    let known =
        looks_like_label && (word.chars().skip(1).all(|c| !c.is_ascii_lowercase()) || word.contains('/'));
    match zone::resolve(word).filter(|_| known) {
        Some(zone) => (Some(zone), rest[end..].trim_start_matches(')')),
        None => (None, tail),
    }
}

fn closers(tail: &str) -> &str {
    tail.trim_start_matches([
        ' ', ']', ')', '*', ':', '-', '\u{2013}', '\u{2014}', '|', '`', '_', '\t', '.', ',', '\u{a0}', '→',
        '=', '>',
    ])
}
