//! Day headings, dividers and zone remarks between the lines of a text.

use jiff::civil::Date;

use crate::evidence::ingest::{moment, zone};

/// A date anywhere in a heading: `## Timeline (2025-11-28, UTC)`, `Notes of Aug 30, 2022`.
#[must_use]
pub(crate) fn find_date(line: &str) -> Option<Date> {
    let plain =
        line.trim_matches(['#', '*', '_', '-', '=', ' ', ':', '|', '>', '\u{2014}', '\u{2013}']).trim();
    if let Some(date) = moment::date(plain) {
        return Some(date);
    }
    let starts = plain.char_indices().map(|(at, _)| at);
    let mut iso = starts.filter_map(|at| plain.get(at..at + 10)).filter_map(|part| {
        (part.as_bytes()[0].is_ascii_digit() && matches!(part.as_bytes()[4], b'-' | b'/'))
            .then(|| moment::date(part))
            .flatten()
    });
    if let Some(date) = iso.next() {
        return Some(date);
    }
    let words: Vec<&str> =
        plain.split_whitespace().map(|word| word.trim_matches(['(', ')', '[', ']', ';', ':'])).collect();
    (0..words.len()).find_map(|start| {
        [4, 3].iter().find_map(|length| moment::date(&words.get(start..start + length)?.join(" ")))
    })
}

/// A divider with a date but no year, as chat tools print: `Tuesday, February 5th` gives month and day.
#[must_use]
pub(crate) fn divider(line: &str) -> Option<(i8, i8)> {
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !moment::is_weekday(word)).collect();
    let [first, second] = words.as_slice() else { return None };
    let (month, day) = match (moment::month(first), moment::month(second)) {
        (Some(month), None) => (month, second),
        (None, Some(month)) => (month, first),
        _ => return None,
    };
    let digits = day.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    Some((month, digits.parse().ok().filter(|day| (1..=31).contains(day))?))
}

/// The zone that a remark gives to all times: `All times listed in this report are in Pacific Time (US & Canada)`,
/// `(all times UTC)`, `Timeline (CEST)`, `Time (UTC)` in a table header.
#[must_use]
pub(crate) fn header_zone(line: &str) -> Option<String> {
    if let Some(zone) = line.split_once('(').and_then(|(_, rest)| zone::resolve(rest.split_once(')')?.0)) {
        return Some(zone);
    }
    let lower = line.to_lowercase();
    if !["time", "zone", "utc", "timeline"].iter().any(|word| lower.contains(word)) || line.len() > 200 {
        return None;
    }
    for mark in [
        "times are in ",
        "times in ",
        "report are in ",
        "timezone: ",
        "time zone: ",
        "timezone is ",
        "times are ",
    ] {
        if let Some(at) = lower.find(mark) {
            let rest = line
                .get(at + mark.len()..)?
                .trim_start_matches("the ")
                .trim_end_matches(['.', '*', '_', ')']);
            let whole = rest.split(". ").next().unwrap_or(rest);
            let restored = if whole.contains('(') { format!("{whole})") } else { whole.to_owned() };
            let first = whole.split([' ', ',', ';', '(']).next().unwrap_or(whole);
            return zone::resolve(&restored)
                .or_else(|| zone::resolve(whole))
                .or_else(|| zone::resolve(first));
        }
    }
    let speaks_of_time = lower.contains("time");
    let words =
        line.split(|c: char| !(c.is_alphanumeric() || "+-/:_".contains(c))).filter(|word| word.len() > 1);
    let is_label = |word: &&str| {
        word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "+-:".contains(c))
            || word.contains('/')
    };
    let mut labels = words
        .filter(is_label)
        .filter(|word| word.starts_with(|c: char| c.is_alphabetic()))
        .filter_map(zone::resolve);
    labels.next().filter(|_| speaks_of_time)
}

/// The first full instant inside a text, as pasted log lines carry it; it shows the offset of the times around.
#[must_use]
pub(crate) fn pasted_instant(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(19)).find_map(|at| {
        let digit = |offset: usize| bytes[at + offset].is_ascii_digit();
        if !digit(0) || bytes[at + 4] != b'-' || bytes[at + 7] != b'-' || !digit(11) || bytes[at + 13] != b':'
        {
            return None;
        }
        let rest = text.get(at..)?;
        let end = rest.char_indices().position(|(_, c)| !(c.is_ascii_alphanumeric() || "-:+.,".contains(c)));
        let word = rest.get(..end.unwrap_or(rest.len()).min(rest.len()))?;
        Some(moment::parse(word)?.at()?.to_string())
    })
}
