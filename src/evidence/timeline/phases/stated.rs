//! Milestones that an incident tool or status page names itself, and clock times that people state in passing.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use regex::Regex;

use crate::domain::{EventKind, Phase};
use crate::evidence::pattern;
use crate::evidence::timeline::clock::zone_named;
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::scene::Scene;

use super::{Dispute, Mark};

/// A milestone seen with this confidence goes before one that a tool states.
const SURE: f64 = 0.7;
/// Times this close are the same.
const SAME_S: i64 = 120;

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:since|as of|at|by|from|around)\s+(?:about\s+|approximately\s+)?(?:[a-z]{3,6}day,?\s+)?(?:\d{4}-\d{2}-\d{2}[ ,]+)?(\d{1,2}):(\d{2})(?::\d{2})?\s*(am|pm)?\s*(utc|gmt|us/[a-z]+|[pmce][sd]t|z)?\b",
    )
});

/// The milestone that a record names in its label `subtype`, as status pages and incident tools with fields for it do.
pub(super) fn phase(scene: &Scene<'_>, phase: Phase) -> Option<Mark> {
    let names: &[&str] = match phase {
        Phase::Started => &["impact_start", "started"],
        Phase::Resolved => &["impact_end", "resolved"],
        Phase::Detected => &["detected"],
        Phase::Acknowledged => &["acknowledged"],
        Phase::Mitigated => &["mitigated"],
    };
    let milestone =
        |fact: &Fact| matches!(fact.kind, EventKind::Observation | EventKind::Resolved | EventKind::Declared);
    let mut named = scene.facts.iter().enumerate().filter(|(_, fact)| {
        milestone(fact) && fact.labels.get("subtype").is_some_and(|label| names.contains(&label.as_str()))
    });
    let found = if phase == Phase::Resolved { named.next_back() } else { named.next() };
    found.map(|(at, fact)| Mark::new(fact.at, [at], 0.9))
}

/// What is kept of a milestone that was seen in the evidence and one that a tool states: tools are filled in by hand,
/// often afterwards, so a well-founded sight goes before them, and the difference is told.
pub(super) fn settle(
    scene: &Scene<'_>,
    phase: Phase,
    seen: Option<Mark>,
    disputes: &mut Vec<Dispute>,
) -> Option<Mark> {
    let Some(stated) = self::phase(scene, phase) else { return seen };
    let Some(seen) = seen.filter(|seen| seen.confidence >= SURE) else { return Some(stated) };
    if seconds(stated.at, seen.at).abs() <= SAME_S {
        return Some(stated);
    }
    disputes.push(Dispute {
        evidence: stated.evidence.iter().chain(&seen.evidence).copied().collect(),
        what: format!("a tool states {} at {}, the other evidence at {}", phase.name(), stated.at, seen.at),
        kept: "what logs, alerts and people told at the time; such fields are filled in by hand".to_owned(),
    });
    Some(seen)
}

/// The time that a line says something has held since, when it lies in the hour before the line.
pub(super) fn since(scene: &Scene<'_>, fact: &Fact) -> Option<Timestamp> {
    let hit = CLOCK.captures(&fact.text)?;
    let mut hour: i8 = hit[1].parse().ok()?;
    let minute: i8 = hit[2].parse().ok()?;
    match hit.get(3).map(|half| half.as_str().to_lowercase()).as_deref() {
        Some("pm") if hour < 12 => hour += 12,
        Some("am") if hour == 12 => hour = 0,
        _ => {}
    }
    let zones = match hit.get(4).and_then(|label| zone_labelled(label.as_str())) {
        Some(labelled) => [Some(labelled), None],
        None => [Some(TimeZone::UTC), scene.incident.timezone.as_deref().and_then(zone_named)],
    };
    let hour_before = SignedDuration::from_hours(1);
    zones.into_iter().flatten().find_map(|tz| {
        let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
        let at = tz.to_datetime(fact.at).date().to_datetime(time);
        let at = tz.to_ambiguous_zoned(at).compatible().ok()?.timestamp();
        let before = fact.at.duration_since(at);
        (before >= SignedDuration::ZERO && before <= hour_before).then_some(at)
    })
}

/// The zone of a label beside a time; the winter and summer labels of a region are mixed up often and mean the region.
pub(super) fn zone_labelled(label: &str) -> Option<TimeZone> {
    let name = match label.to_ascii_lowercase().as_str() {
        "us/pacific" | "pst" | "pdt" => "America/Los_Angeles",
        "us/mountain" | "mst" | "mdt" => "America/Denver",
        "us/central" => "America/Chicago",
        "us/eastern" | "est" | "edt" => "America/New_York",
        "utc" | "gmt" | "z" => return Some(TimeZone::UTC),
        _ => return None,
    };
    TimeZone::get(name).ok()
}
