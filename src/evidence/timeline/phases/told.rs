//! When it began as people tell it: a clock time or a span in a line that speaks of the beginning.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use regex::Regex;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::clock::zone_named;
use crate::evidence::timeline::cues::{State, state};
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::scene::Scene;

use super::Mark;
use super::stated::zone_labelled;

/// A beginning longer than this before the detection is another matter.
const LONG_BEFORE_S: i64 = 6 * 3600;

static BEGAN_AT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:first (?:errors?|fail\w*|seen|occurrence|timeouts?|5\d\ds?|bad|hit)|start(?:s|ed|ing)?|beg[aiu]n\w*|since|expired?|ran out|not ?after|valid until|broke|went down|dropped)\b\W{0,3}(?:[a-z]+\W+){0,4}?(?:~|at |from )?(?:\d{4}-\d{2}-\d{2}[ ,]+)?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s?(?P<half>am|pm)?(?:\s?(?P<zone>utc|gmt|us/[a-z]+|[pmce][sd]t|z)\b)?",
    )
});
static BEGAN_AGO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:start\w*|beg[aiu]n\w*|since|for (?:the (?:last|past))?)\b\W{0,3}(?:(?:maybe|about|around|like|roughly|ca\.?|some|the last|the past)\W+){0,2}(?P<count>\d{1,3}) ?(?P<unit>min(?:ute)?s?|m|h|hours?)\b(?P<ago> ago)?",
    )
});
/// `notAfter=Jun 11 04:00:00 2024 GMT`, as certificate tools print it.
static EXPIRES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:notAfter ?=|not after ?:|expir\w+[:=]?) ?(?P<when>[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2} \d{4}) GMT",
    )
});
/// Good news, plans and jobs also have beginnings.
static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:stable|fine|green|normal|healthy|quiet|clean|ok(?:ay)?|back|good|running|active|no (?:new )?\w+|nothing|deploy\w*|roll\w*|rebuild\w*|backup|job|batch|meeting|call|shift|restart\w*|will|next|tomorrow|monitoring|watching|waiting|approval|open|online)\b[^.;,]{0,24}\b(?:since|start\w*|began|from)\b",
    )
});

/// The time that people give for the beginning, before the detection: an exact one goes before a round one, a later
/// word before an earlier one, for people find out as they go.
pub(super) fn beginning(scene: &Scene<'_>, detected: Timestamp) -> Option<Mark> {
    let local = scene.incident.timezone.as_deref().and_then(zone_named);
    let mut best: Option<(u8, Timestamp, usize)> = None;
    let tells = |fact: &Fact| fact.is_human() || fact.kind == EventKind::StatusUpdate;
    for (index, fact) in scene.lived().filter(|(_, fact)| tells(fact)) {
        let Some((sure, at)) = told(fact, detected, local.as_ref()) else { continue };
        if best.is_none_or(|(known, _, _)| sure >= known) {
            best = Some((sure, at, index));
        }
    }
    best.map(|(sure, at, index)| Mark::new(at, [index], if sure > 1 { 0.6 } else { 0.45 }))
}

/// Sureness and time: 3 a date, 2 a clock time, 1 a span.
fn told(fact: &Fact, detected: Timestamp, local: Option<&TimeZone>) -> Option<(u8, Timestamp)> {
    let before = |at: &Timestamp| (0..=LONG_BEFORE_S).contains(&seconds(*at, detected));
    let dated = EXPIRES.captures(&fact.text).and_then(|hit| {
        let civil = jiff::civil::DateTime::strptime("%b %d %H:%M:%S %Y", &hit["when"]).ok()?;
        civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    });
    if let Some(at) = dated.filter(before) {
        return Some((3, at));
    }
    fact.text.lines().filter(|line| !OTHERWISE.is_match(line)).find_map(|line| {
        let clock = BEGAN_AT.captures_iter(line).find_map(|hit| clock(&hit, fact.at, local).filter(before));
        if let Some(at) = clock {
            return Some((2, at));
        }
        let hit = BEGAN_AGO.captures(line)?;
        let count: i64 = hit["count"].parse().ok()?;
        let unit = if hit["unit"].to_lowercase().starts_with('h') { 3600 } else { 60 };
        let at = fact.at.checked_sub(SignedDuration::from_secs(count * unit)).ok()?;
        (before(&at) && seconds(detected, fact.at) <= 1800).then_some((1, at))
    })
}

/// The last such clock time before the line was written, in the zone that the line names, else the local one, else UTC.
pub(super) fn clock(
    hit: &regex::Captures<'_>,
    said: Timestamp,
    local: Option<&TimeZone>,
) -> Option<Timestamp> {
    let number = |name: &str| hit.name(name).and_then(|found| found.as_str().parse::<i8>().ok());
    let mut hour = number("hour")?;
    match hit.name("half").map(|half| half.as_str().to_lowercase()).as_deref() {
        Some("pm") if hour < 12 => hour += 12,
        Some("am") if hour == 12 => hour = 0,
        _ => {}
    }
    let time = jiff::civil::Time::new(hour, number("minute")?, number("second").unwrap_or(0), 0).ok()?;
    let labelled = hit.name("zone").and_then(|label| zone_labelled(label.as_str()));
    let tz = labelled.or_else(|| local.cloned()).unwrap_or(TimeZone::UTC);
    let day = tz.to_datetime(said).date();
    [day, day.yesterday().ok()?].into_iter().find_map(|day| {
        let at = tz.to_ambiguous_zoned(day.to_datetime(time)).compatible().ok()?.timestamp();
        (at <= said).then_some(at)
    })
}

/// The first note of a written course of events, when it stands before the detection and tells of trouble or change.
pub(super) fn noted(scene: &Scene<'_>, detected: Timestamp) -> Option<Mark> {
    let first = scene.facts.iter().enumerate().find(|(_, fact)| {
        let ahead = (60..=LONG_BEFORE_S).contains(&seconds(fact.at, detected));
        ahead && fact.class == SourceClass::Memory && fact.is_human() && tells(&fact.text)
    });
    first.map(|(index, fact)| Mark::new(fact.at, [index], 0.5))
}

static TURNS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:ends?|ended|expire[sd]?|begins?|began|starts?|started|outage|breaks?|broke|drops?|dropped|lost|fails?)\b",
    )
});

fn tells(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    state(first) == Some(State::Bad) || TURNS.is_match(first)
}

#[cfg(test)]
mod tests {
    use super::{BEGAN_AGO, BEGAN_AT, OTHERWISE};

    #[test]
    fn beginnings_are_told_from_other_times() {
        for line in [
            "first error in the log 02:11:40",
            "errors start at 13:58",
            "down since 9:05 am",
            "it started around 14:02",
            "beginning at Tuesday, 2025-03-11 09:53 US/Pacific",
        ] {
            assert!(BEGAN_AT.is_match(line) && !OTHERWISE.is_match(line), "{line}");
        }
        for line in ["started maybe 5 min ago", "failing for the last 20 minutes", "since 10 minutes"] {
            assert!(BEGAN_AGO.is_match(line), "{line}");
        }
        for line in
            ["stable since 10:40", "no errors since 10:40", "deploy started 13:40", "meeting starts at 10:00"]
        {
            assert!(OTHERWISE.is_match(line), "{line}");
        }
    }
}
