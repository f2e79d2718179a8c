//! Places every record in UTC: zone, day, and the correction of files whose clock is off.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::domain::{Incident, Origin, SourceClass, Warning};
use crate::evidence::{Record, When};

use super::Options;
use super::assumed_day::Calendar;
use super::day::{Anchor, day_of_file, instants};
use super::fact::Fact;
use super::offset::{Offset, find_offset};

/// Records placed in time, and what had to be assumed or corrected for it.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) facts: Vec<Fact>,
    pub(super) warnings: Vec<Warning>,
    pub(super) corrections: Vec<Correction>,
}

/// A file whose times were moved against what it says of itself.
#[derive(Debug)]
pub(super) struct Correction {
    pub(super) evidence: Vec<Origin>,
    pub(super) what: String,
    pub(super) kept: String,
}

/// Times before 1971 are the zero values of some system.
const FIRST_POSSIBLE: i64 = 366 * 86_400;

pub(super) fn place(records: Vec<Record>, incident: &Incident, options: &Options) -> Placed {
    let mut files: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for record in records {
        files.entry(record.origin.file.clone()).or_default().push(record);
    }
    for records in files.values_mut() {
        // Only records of one line need more than its number to be told apart.
        records.sort_by(|a, b| {
            a.origin.line.cmp(&b.origin.line).then_with(|| format!("{a:?}").cmp(&format!("{b:?}")))
        });
    }
    // Exact times need nothing to be measured against.
    let exact = files.values().flatten().all(|record| !movable(record));
    let anchors: Vec<Anchor> =
        if exact { Vec::new() } else { files.values().flatten().filter_map(Anchor::of).collect() };
    let calendar = Calendar::of(files.values().flatten(), incident, options.now);
    let mut placed = Placed::default();
    for (file, records) in files {
        place_file(&file, records, (&anchors, &calendar), incident, options, &mut placed);
    }
    placed.facts.sort_by(Fact::order);
    placed
}

fn place_file(
    file: &str,
    records: Vec<Record>,
    (anchors, calendar): (&[Anchor], &Calendar<'_>),
    incident: &Incident,
    options: &Options,
    placed: &mut Placed,
) {
    let floating = records.iter().any(|record| !matches!(record.when, When::Instant(_)));
    let stated = records.iter().find_map(|record| record.zone.clone());
    let zone = Zone::of(file, stated, incident, options, &mut placed.warnings);
    let window = options.window.or(incident.window);
    let clocked = records.iter().any(|record| matches!(record.when, When::Clock { .. }));
    let mut day = day_of_file(&records, anchors, &zone.tz, window);
    if day.is_none()
        && clocked
        && let Some(assumed) = calendar.day_for(file, &records, &zone.tz)
    {
        day = Some(assumed.day);
        let message = format!(
            "times carry no day; {} is taken from {}. If that is wrong, give --window or `window` in incident.toml",
            assumed.day, assumed.from
        );
        placed.warnings.push(Warning::new(file, None, message));
    }
    let at = |when: &When| resolve(when, &zone.tz, day);
    let offset = find_offset(file, &records, anchors, &at);
    let shift = offset.as_ref().map_or(SignedDuration::ZERO, |offset| offset.shift);
    if floating {
        zone.warn(file, offset.as_ref(), &mut placed.warnings);
    }
    if let Some(offset) = offset
        && (!floating || zone.origin != ZoneOrigin::Assumed)
    {
        placed.corrections.push(correction(file, &zone, &offset));
    }
    let (mut without_day, mut impossible) = (0_usize, 0_usize);
    let begins = instants(records.iter().map(|record| &record.when), day, &zone.tz);
    for (record, begin) in records.into_iter().zip(begins) {
        let moved = movable(&record);
        let shifted = |at: Timestamp| if moved { at.checked_add(shift).ok() } else { Some(at) };
        match begin.and_then(shifted) {
            Some(at) if at.as_second() < FIRST_POSSIBLE => impossible += 1,
            Some(at) => {
                let until =
                    record.until.as_ref().and_then(|until| shifted(self::resolve(until, &zone.tz, day)?));
                placed.facts.push(Fact::new(record, at, until));
            }
            None => without_day += 1,
        }
    }
    if without_day > 0 {
        let message = format!(
            "{without_day} lines have a time but no day, and nothing tells the day; left out. Give --window or `window` in incident.toml"
        );
        placed.warnings.push(Warning::new(file, None, message));
    }
    if impossible > 0 {
        let message = format!("{impossible} records have an empty or impossible time; left out");
        placed.warnings.push(Warning::new(file, None, message));
    }
}

/// Whether a wrong clock of its file can have touched the record: exact stamps of machines stay where they are.
pub(super) fn movable(record: &Record) -> bool {
    !matches!(record.when, When::Instant(_)) || record.class == SourceClass::Memory
}

fn resolve(when: &When, tz: &TimeZone, day: Option<Date>) -> Option<Timestamp> {
    match when {
        When::Instant(at) => Some(*at),
        When::Local(at) => tz.to_ambiguous_zoned(*at).compatible().ok().map(|zoned| zoned.timestamp()),
        When::Clock { time, day: passed } => {
            let date = day?.checked_add(i64::from(*passed).days()).ok()?;
            tz.to_ambiguous_zoned(date.to_datetime(*time)).compatible().ok().map(|zoned| zoned.timestamp())
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ZoneOrigin {
    File,
    Given,
    Assumed,
}

/// The zone for a file's times without one, and where it is from.
struct Zone {
    tz: TimeZone,
    name: String,
    origin: ZoneOrigin,
}

impl Zone {
    /// The file's own zone, else the one given by option or incident, else UTC.
    fn of(
        file: &str,
        stated: Option<String>,
        incident: &Incident,
        options: &Options,
        warnings: &mut Vec<Warning>,
    ) -> Self {
        let given = options.timezone.clone().or_else(|| incident.timezone.clone());
        for (name, origin) in [(stated, ZoneOrigin::File), (given, ZoneOrigin::Given)] {
            let Some(name) = name else { continue };
            match zone_named(&name) {
                Some(tz) => return Self { tz, name, origin },
                None => warnings.push(Warning::new(
                    file,
                    None,
                    format!("`{name}` is no time zone known here; use a name such as Europe/Berlin or an offset such as +01:00"),
                )),
            }
        }
        Self { tz: TimeZone::UTC, name: "UTC".to_owned(), origin: ZoneOrigin::Assumed }
    }

    fn warn(&self, file: &str, offset: Option<&Offset>, warnings: &mut Vec<Warning>) {
        if self.origin != ZoneOrigin::Assumed {
            return;
        }
        let message = match offset {
            Some(offset) => format!(
                "times carry no zone; {} show that they are {} from UTC, so they were moved by that",
                offset.proof,
                signed_hours(-offset.shift)
            ),
            None => "times carry no zone; read as UTC. If that is wrong, give --timezone or `timezone` in incident.toml".to_owned(),
        };
        warnings.push(Warning::new(file, None, message));
    }
}

fn correction(file: &str, zone: &Zone, offset: &Offset) -> Correction {
    let direction = if offset.shift.is_negative() { "ahead of" } else { "behind" };
    let origin = match zone.origin {
        ZoneOrigin::File => "its own heading",
        ZoneOrigin::Given => "the zone given for it",
        ZoneOrigin::Assumed => "its times",
    };
    Correction {
        evidence: offset.evidence.clone(),
        what: format!(
            "{file}: times are {} {direction} {} when read as {} ({origin})",
            hours(offset.shift),
            offset.proof,
            zone.name
        ),
        kept: format!("the exact times; all times of {file} were moved by {}", signed_hours(offset.shift)),
    }
}

/// `1 h`, `5 h 30 min`.
fn hours(span: SignedDuration) -> String {
    let minutes = span.as_secs().abs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn signed_hours(span: SignedDuration) -> String {
    format!("{}{}", if span.is_negative() { "−" } else { "+" }, hours(span))
}

/// An IANA zone or a fixed offset `+01:00`.
pub(super) fn zone_named(name: &str) -> Option<TimeZone> {
    let name = name.trim();
    if name.eq_ignore_ascii_case("z") || name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("gmt")
    {
        return Some(TimeZone::UTC);
    }
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    let sign = match name.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return TimeZone::get(name).ok(),
    };
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    let seconds = sign * (hours * 3600 + minutes * 60);
    jiff::tz::Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

/// Distinct files, for messages.
pub(super) fn list(files: &BTreeSet<String>) -> String {
    files.iter().cloned().collect::<Vec<_>>().join(", ")
}
