//! Times and spans in words.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Day in UTC.
#[must_use]
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// `09:22`, UTC.
#[must_use]
pub fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%H:%M").to_string()
}

/// `2025-11-28 09:22:07`, UTC.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// From and to, with the second day named only when it is another one: `from 09:22 to 09:55 UTC on 2025-11-28`.
#[must_use]
pub fn from_to(from: Timestamp, to: Timestamp) -> String {
    let (first, last) = (day(from), day(to));
    if first == last {
        format!("from {} to {} UTC on {first}", clock(from), clock(to))
    } else {
        format!("from {} UTC on {first} to {} UTC on {last}", clock(from), clock(to))
    }
}

/// A span in the units a reader expects: seconds below two minutes, minutes below two hours, then hours and days.
#[must_use]
pub fn span(seconds: i64) -> String {
    let seconds = seconds.abs();
    let unit = |count: i64, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
    let pair = |big: i64, big_name: &str, small: i64, small_name: &str| match small {
        0 => unit(big, big_name),
        _ => format!("{} {}", unit(big, big_name), unit(small, small_name)),
    };
    let minutes = (seconds + 30) / 60;
    match seconds {
        0..60 => unit(seconds, "second"),
        60..120 if seconds % 60 != 0 => unit(seconds, "second"),
        60..7_200 => unit(minutes, "minute"),
        7_200..172_800 => pair(minutes / 60, "hour", minutes % 60, "minute"),
        _ => pair(minutes / 1_440, "day", minutes % 1_440 / 60, "hour"),
    }
}

/// The span between two times as their clock readings show it, so that a reader who subtracts gets the same.
#[must_use]
pub fn between(from: Timestamp, to: Timestamp) -> String {
    let seconds = to.as_second() - from.as_second();
    if seconds.abs() < 120 {
        span(seconds)
    } else {
        span((to.as_second().div_euclid(60) - from.as_second().div_euclid(60)) * 60)
    }
}

/// `text` with a capital first letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_like_speech() {
        let cases = [
            (1, "1 second"),
            (81, "81 seconds"),
            (120, "2 minutes"),
            (1_980, "33 minutes"),
            (7_500, "2 hours 5 minutes"),
            (90_000, "25 hours"),
            (180_000, "2 days 2 hours"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(span(seconds), expected);
        }
    }
}
