//! Times as people write them into documents.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use regex::Regex;

/// What a written time says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Date, time and zone.
    Exact(Timestamp),
    /// Date and time without a zone; read as UTC by whoever needs an instant, and reported.
    Local(DateTime),
    Day(Date),
}

impl Moment {
    /// The instant; a time without zone counts as UTC, a day as its first instant.
    #[must_use]
    pub fn instant(self) -> Option<Timestamp> {
        match self {
            Self::Exact(at) => Some(at),
            Self::Local(at) => at.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp()),
            Self::Day(day) => day.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp()),
        }
    }
}

static DATE_TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?x)^\s*(\d{4}-\d{2}-\d{2})(?:[T\ ,]+(?:at\ )?(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z\b|[A-Z]{3,4}\b|[+-]\d{2}:?\d{2}|[A-Z][A-Za-z]+/[A-Za-z_]+)?)?").ok()
});
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(\d{1,2})(?:st|nd|rd|th)?[ ./-]+([a-z]{3,9})[ ,./-]+(\d{4}|\d{2})(?:[ ,]+(\d{1,2}:\d{2}(?::\d{2})?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?").ok()
});
static MONTH_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:[a-z]+day,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})").ok()
});

/// Abbreviations of zones that mean one offset only in the notes of engineers.
const ZONES: [(&str, &str); 20] = [
    ("Z", "+00:00"),
    ("UTC", "+00:00"),
    ("GMT", "+00:00"),
    ("WEST", "+01:00"),
    ("BST", "+01:00"),
    ("CET", "+01:00"),
    ("CEST", "+02:00"),
    ("EET", "+02:00"),
    ("EEST", "+03:00"),
    ("MSK", "+03:00"),
    ("JST", "+09:00"),
    ("KST", "+09:00"),
    ("AEST", "+10:00"),
    ("AEDT", "+11:00"),
    ("EST", "-05:00"),
    ("EDT", "-04:00"),
    ("CDT", "-05:00"),
    ("MDT", "-06:00"),
    ("PST", "-08:00"),
    ("PDT", "-07:00"),
];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads `2025-11-28T09:22:00Z`, `2025-11-28 09:22 UTC`, `2025-11-28`, `28 Nov 2025`, `01/Jan/20 02:52`,
/// `March 15, 2025`; `None` for anything else, ambiguous all-digit dates such as `1/2/2024` included.
#[must_use]
pub fn parse_moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Moment::Exact(at));
    }
    if let Some(found) = DATE_TIME.as_ref().and_then(|regex| regex.captures(text)) {
        let day: Date = found[1].parse().ok()?;
        let part = |group: usize| found.get(group).map(|m| m.as_str());
        return assemble(day, part(2), part(3));
    }
    if let Some(found) = DAY_FIRST.as_ref().and_then(|regex| regex.captures(text)) {
        let part = |group: usize| found.get(group).map(|m| m.as_str());
        let day = civil_day(&found[3], &found[2], &found[1])?;
        return assemble(day, part(4), part(5));
    }
    let found = MONTH_FIRST.as_ref().and_then(|regex| regex.captures(text))?;
    civil_day(&found[3], &found[1], &found[2]).map(Moment::Day)
}

fn civil_day(year: &str, month: &str, day: &str) -> Option<Date> {
    let month_name = month.to_lowercase();
    let month = MONTHS.iter().position(|name| month_name.starts_with(name))?;
    let year: i16 = year.parse().ok()?;
    let year = if year < 100 { year + 2000 } else { year };
    Date::new(year, i8::try_from(month).ok()? + 1, day.parse().ok()?).ok()
}

fn assemble(day: Date, time: Option<&str>, zone: Option<&str>) -> Option<Moment> {
    let Some(time) = time else { return Some(Moment::Day(day)) };
    let padded = if time.find(':') == Some(1) { format!("0{time}") } else { time.to_owned() };
    let local: DateTime = format!("{day}T{padded}").parse().ok()?;
    let Some(zone) = zone else { return Some(Moment::Local(local)) };
    if zone.contains('/') {
        let named = TimeZone::get(zone).ok().and_then(|named| local.to_zoned(named).ok());
        return Some(named.map_or(Moment::Local(local), |zoned| Moment::Exact(zoned.timestamp())));
    }
    let offset = match zone {
        name if name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            let Some((_, offset)) = ZONES.iter().find(|(abbreviation, _)| *abbreviation == name) else {
                return Some(Moment::Local(local));
            };
            (*offset).to_owned()
        }
        short if short.len() == 5 => format!("{}:{}", &short[..3], &short[3..]),
        full => full.to_owned(),
    };
    format!("{local}{offset}").parse().ok().map(Moment::Exact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let exact = |text: &str| Some(Moment::Exact(text.parse().unwrap()));
        assert_eq!(parse_moment("2025-11-28 09:22 UTC"), exact("2025-11-28T09:22:00Z"));
        assert_eq!(parse_moment("2025-11-28T09:22:00+0100"), exact("2025-11-28T08:22:00Z"));
        assert_eq!(
            parse_moment("2025-11-28 9:22"),
            Some(Moment::Local("2025-11-28T09:22:00".parse().unwrap()))
        );
        assert_eq!(
            parse_moment("01/Jan/20 02:52"),
            Some(Moment::Local("2020-01-01T02:52:00".parse().unwrap()))
        );
        assert_eq!(parse_moment("March 15, 2025"), Some(Moment::Day("2025-03-15".parse().unwrap())));
        assert_eq!(parse_moment("1/2/2024"), None);
        assert_eq!(parse_moment("2025-07-28 09:22 CEST"), exact("2025-07-28T07:22:00Z"));
        assert_eq!(parse_moment("2025-07-28 09:22 America/New_York"), exact("2025-07-28T13:22:00Z"));
        let local = Some(Moment::Local("2025-07-28T09:22:00".parse().unwrap()));
        assert_eq!(parse_moment("2025-07-28 09:22 IST"), local, "three countries use it");
        assert_eq!(parse_moment("2025-07-28 09:22 (about)"), local);
        assert_eq!(parse_moment("2025-02-30"), None);
    }
}
