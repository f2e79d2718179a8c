//! The time at the beginning of a log line, in the notations of many programs.

use jiff::civil::{Date, DateTime, Time};

use crate::domain::Precision;

use super::moment::{self, Moment};

/// A time that may lack its year (RFC 3164, Android, klog).
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stamp {
    Whole(Moment),
    NoYear { month: i8, day: i8, time: Time },
}

/// Reads the time and returns what follows it.
#[must_use]
pub(crate) fn stamp(line: &str) -> Option<(Stamp, &str)> {
    without_year(line)
        .or_else(|| with_year(line))
        .or_else(|| digits(line))
        .or_else(|| numbered(line))
        .or_else(|| klog(line))
        .or_else(|| behind_names(line))
}

/// A time behind up to three words: a file name (nova), the container (compose, stern), the kind of entry (load
/// balancers), a process and its role (Redis), a level (Ruby).
fn behind_names(line: &str) -> Option<(Stamp, &str)> {
    let starts = line.match_indices(' ').map(|(at, _)| at).take(4);
    starts.filter(|at| *at <= 120).find_map(|at| {
        let tail = line[at..].trim_start_matches([' ', '|']);
        // Only a date with its year is sure enough there, and words are not.
        let dated = tail.trim_start_matches('[').as_bytes().first().is_some_and(u8::is_ascii_digit);
        let named = line[..at].split(' ').all(is_label);
        with_year(tail).filter(|(stamp, _)| dated && named && matches!(stamp, Stamp::Whole(_)))
    })
}

/// Whether a word is a name that a program prints before a time: no word of a sentence.
fn is_label(word: &str) -> bool {
    let marked = word.contains(['.', '_', '-', ':', '/', '|', ',', '['])
        || word.bytes().any(|byte| byte.is_ascii_digit())
        || word.is_empty();
    let known = matches!(word, "http" | "https" | "h2" | "grpcs" | "ws" | "wss" | "tls");
    (marked
        || known
        || moment::is_weekday(word)
        || word.len() <= 12 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        && moment::parse(word).is_none()
}

/// `Jun 14 15:16:01 `: no year, no zone, the day padded with a space.
#[must_use]
pub(crate) fn without_year(line: &str) -> Option<(Stamp, &str)> {
    let month = moment::month(line.get(..3)?)?;
    let rest = line.get(3..)?.strip_prefix(' ')?.trim_start();
    let (day, rest) = rest.split_once(' ')?;
    let (clock, rest) = moment::clock(rest.trim_start())?;
    let day = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    (clock.seconds && rest.starts_with(' ')).then_some((Stamp::NoYear { month, day, time: clock.time }, rest))
}

/// A full time of one to three words at the beginning, perhaps in brackets.
fn with_year(line: &str) -> Option<(Stamp, &str)> {
    if let Some((inside, rest)) = line.strip_prefix('[').and_then(|open| open.split_once(']')) {
        // Ruby notes the process behind the time: `[2025-11-28T09:32:14.123456 #77]`.
        let inside = inside.split(" #").next().unwrap_or(inside);
        return Some((whole(inside).map(Stamp::Whole).or_else(|| month_and_day(inside))?, rest));
    }
    let mut end = 0;
    let mut found = None;
    for word in line.split_inclusive([' ', '\t']).take(4) {
        end += word.len();
        if let Some(moment) = whole(line[..end].trim_end_matches([' ', '\t', ':', ',', '|'])) {
            found = Some((moment, end));
        } else if found.is_some() {
            break;
        }
    }
    if let Some((moment, end)) = found {
        return Some((Stamp::Whole(moment), &line[end..]));
    }
    let second = line.match_indices(' ').nth(1)?.0;
    Some((month_and_day(line.get(..second)?)?, &line[second..]))
}

/// A full time and nothing else.
#[must_use]
pub(crate) fn whole(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() < 10 || !text.contains(':') && moment::epoch_text(text).is_none() {
        return None;
    }
    moment::parse(text).filter(|moment| moment.precision != Precision::Day)
}

/// `03-17 16:13:38.811` (Android), `10.30 16:49:06` (month first).
fn month_and_day(text: &str) -> Option<Stamp> {
    let (date, clock) = text.trim().split_once(' ')?;
    let (month, day) = date.split_once(['-', '.'])?;
    if month.len() != 2 || day.len() != 2 {
        return None;
    }
    let (clock, rest) = moment::clock(clock)?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let real =
        (1..=12).contains(&month) && (1..=31).contains(&day) && clock.seconds && rest.trim().is_empty();
    real.then_some(Stamp::NoYear { month, day, time: clock.time })
}

/// Dates in six or eight digits: `081109 203615` (HDFS), `17/06/09 20:10:40` (Spark), `20171223-22:15:29:606|`.
fn digits(line: &str) -> Option<(Stamp, &str)> {
    let end = line.find([' ', '-', 'T']).filter(|end| (6..=8).contains(end))?;
    let numbers: String = line[..end].chars().filter(|c| *c != '/').collect();
    let slashed = line[..end].contains('/');
    if !numbers.bytes().all(|byte| byte.is_ascii_digit()) || slashed && numbers.len() != 6 {
        return None;
    }
    let number = |text: &str| text.parse::<i16>().ok();
    let (year, rest) = match numbers.len() {
        6 => (2000 + number(&numbers[..2])?, &numbers[2..]),
        8 if !slashed => (number(&numbers[..4])?, &numbers[4..]),
        _ => return None,
    };
    let date =
        Date::new(year, i8::try_from(number(&rest[..2])?).ok()?, i8::try_from(number(&rest[2..])?).ok()?)
            .ok()?;
    let after = line.get(end + 1..)?;
    let (time, tail) = match moment::clock(after) {
        Some((clock, tail)) if clock.seconds => (clock.time, fraction_off(tail)),
        _ => six_digits(after)?,
    };
    ((1990..2100).contains(&year)).then(|| (at(date.to_datetime(time)), tail))
}

/// `203615 …`.
fn six_digits(text: &str) -> Option<(Time, &str)> {
    let word = text.get(..6).filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let tail = &text[6..];
    let part = |from: usize| word[from..from + 2].parse::<i8>().ok();
    let time = Time::new(part(0)?, part(2)?, part(4)?, 0).ok()?;
    (!tail.starts_with(|c: char| c.is_ascii_digit())).then_some((time, tail))
}

/// `:606|` after seconds: milliseconds behind a colon.
fn fraction_off(tail: &str) -> &str {
    tail.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()).trim_start_matches('|')
}

fn at(time: DateTime) -> Stamp {
    Stamp::Whole(Moment::civil(time, Precision::Second, None))
}

/// Logs of supercomputers: `- 1131566461 2005.11.09 dn228 …` and `134681 node-246 unix.hw state 1077804742 1 …`.
fn numbered(line: &str) -> Option<(Stamp, &str)> {
    let word = |index: usize| line.split(' ').nth(index);
    let behind = |index: usize| line.match_indices(' ').nth(index).map(|(at, _)| &line[at + 1..]);
    let epoch = |text: &str| (text.len() == 10).then(|| moment::epoch_text(text)).flatten();
    if let Some(moment) = word(1).and_then(epoch)
        && word(2)
            .is_some_and(|date| date.len() == 10 && date.bytes().filter(|byte| *byte == b'.').count() == 2)
    {
        let rest = behind(3)?;
        // The same time again, as syslog or in full.
        let again = without_year(rest).map(|(_, tail)| tail);
        let full = rest.split_once(' ').filter(|(first, _)| first.len() == 26).map(|(_, tail)| tail);
        return Some((Stamp::Whole(moment), again.or(full).unwrap_or(rest)));
    }
    let moment = word(4).and_then(epoch)?;
    let numbered = word(0).is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    (numbered && behind(5).is_some()).then_some((Stamp::Whole(moment), behind(5)?))
}

/// `E0610 09:00:01.123456       1 reflector.go:99] failed`.
fn klog(line: &str) -> Option<(Stamp, &str)> {
    let (head, rest) = line.split_once(' ')?;
    let date = head.strip_prefix(['I', 'W', 'E', 'F']).filter(|date| date.len() == 4)?;
    let (clock, tail) = moment::clock(rest)?;
    let (month, day) = (date.get(..2)?.parse().ok()?, date.get(2..)?.parse().ok()?);
    let (_, message) = tail.split_once(']')?;
    let real = (1..=12).contains(&month) && (1..=31).contains(&day) && clock.seconds;
    real.then_some((Stamp::NoYear { month, day, time: clock.time }, message))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a failing test may panic
    use super::{Stamp, stamp};
    use crate::evidence::When;

    #[test]
    fn the_notations_of_many_programs_are_read() {
        for (line, time, text) in [
            ("081109 203615 148 INFO a.B: x", "2008-11-09T20:36:15", "148 INFO a.B: x"),
            ("17/06/09 20:10:40 INFO a.B: x", "2017-06-09T20:10:40", "INFO a.B: x"),
            ("20171223-22:15:29:606|Step|7|on", "2017-12-23T22:15:29", "Step|7|on"),
            ("2015-07-29 17:41:44,747 - INFO x", "2015-07-29T17:41:44.747", "- INFO x"),
            ("[Sun Dec 04 04:47:44 2005] [error] x", "2005-12-04T04:47:44", "[error] x"),
            ("api.log.1 2017-05-16 00:00:00.008 1 INFO x", "2017-05-16T00:00:00.008", "1 INFO x"),
        ] {
            let (found, rest) = stamp(line).unwrap();
            let Stamp::Whole(moment) = found else { unreachable!("{line} has a year") };
            let When::Local(at) = moment.when else { unreachable!("{line} has no zone") };
            assert_eq!((at.to_string().as_str(), rest.trim_start()), (time, text), "{line}");
        }
        for (line, text) in [
            (
                "- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond[1]: x",
                "dn228/dn228 crond[1]: x",
            ),
            ("134681 node-246 unix.hw state 1077804742 1 Component changed", "Component changed"),
        ] {
            assert_eq!(stamp(line).unwrap().1.trim_start(), text, "{line}");
        }
        for line in [
            "03-17 16:13:38.811  1702 D Window: x",
            "[10.30 16:49:06] a.exe - x",
            "E0610 09:00:01.123456  1 a.go:9] x",
        ] {
            assert!(matches!(stamp(line), Some((Stamp::NoYear { .. }, _))), "{line}");
        }
        assert_eq!(stamp("we were 12 minutes late at 10:30:00 on 3 boxes"), None);
    }
}
