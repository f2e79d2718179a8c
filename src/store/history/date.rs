//! Reads the dates that trackers and people write.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use crate::document::parse_moment;

/// Formats that postmortems do not use but trackers do; without a zone they are taken as UTC.
const DATE_TIMES: &[&str] = &[
    "%b %d, %Y %I:%M %p",
    "%B %d, %Y %I:%M %p",
    "%b %d, %Y %H:%M",
    "%B %d, %Y %H:%M",
    "%d/%b/%y %I:%M %p",
    "%d/%b/%y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
];
const DATES: &[&str] = &["%Y/%m/%d", "%d.%m.%Y", "%Y%m%d"];

/// The instant that `text` names, or `None`; a day alone is its midnight, a time without a zone is UTC.
///
/// `03/04/2025` is read only when one of the numbers cannot be a month: guessing would silently move incidents.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let plain = text.strip_suffix(" UTC").or_else(|| text.strip_suffix(" GMT")).unwrap_or(text).trim();
    let at = DATE_TIMES.iter().find_map(|format| read(format, plain)?.to_datetime().ok()).and_then(utc);
    at.or_else(|| DATES.iter().find_map(|format| read(format, plain)?.to_date().ok()).and_then(midnight))
        .or_else(|| parse_moment(text)?.instant())
        .or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
        .or_else(|| slashed(plain).and_then(midnight))
        .filter(|&at| is_plausible(at))
}

/// Seconds or milliseconds since 1970.
pub(super) fn from_number(number: f64) -> Option<Timestamp> {
    let millis = if number.abs() > 1e11 { number } else { number * 1_000.0 };
    let at = Timestamp::from_millisecond(millis as i64).ok()?;
    is_plausible(at).then_some(at)
}

fn is_plausible(at: Timestamp) -> bool {
    (1980..2200).contains(&at.to_zoned(TimeZone::UTC).year())
}

fn read(format: &str, text: &str) -> Option<strtime::BrokenDownTime> {
    strtime::parse(format, text).ok()
}

fn utc(at: DateTime) -> Option<Timestamp> {
    at.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn midnight(day: Date) -> Option<Timestamp> {
    utc(day.at(0, 0, 0, 0))
}

/// `25/12/2025` and `12/25/2025`, but not `03/04/2025`.
fn slashed(text: &str) -> Option<Date> {
    let mut parts = text.split('/').map(|part| part.parse::<i16>().ok());
    let (a, b, year) = (parts.next()??, parts.next()??, parts.next()??);
    let (day, month) = if a > 12 || a == b {
        (a, b)
    } else if b > 12 {
        (b, a)
    } else {
        return None;
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trackers_and_people_write_dates_in_many_ways() {
        for (text, expected) in [
            ("01/Jan/20 02:52", "2020-01-01T02:52:00Z"),
            ("2020-11-18T23:02:10.343Z", "2020-11-18T23:02:10.343Z"),
            ("2020-11-18T23:02:10.343+0000", "2020-11-18T23:02:10.343Z"),
            ("2018-07-18", "2018-07-18T00:00:00Z"),
            ("2018-07-18 10:05 UTC", "2018-07-18T10:05:00Z"),
            ("2018-07-18 10:05:06 +0200", "2018-07-18T08:05:06Z"),
            ("Wed, 18 Jul 2018 10:05:06 +0200", "2018-07-18T08:05:06Z"),
            ("18 July 2018", "2018-07-18T00:00:00Z"),
            ("July 8, 2018", "2018-07-08T00:00:00Z"),
            ("25/12/2025", "2025-12-25T00:00:00Z"),
            ("18.07.2018 10:05", "2018-07-18T10:05:00Z"),
        ] {
            assert_eq!(parse(text).map(|at| at.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "03/04/2025", "yesterday", "2018-13-40", "0000-00-00"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(from_number(1_600_000_000.0), from_number(1_600_000_000_000.0));
    }
}
