//! The milestones of a postmortem: as written, in UTC, and checked against each other.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::lines::Head;
use super::{Duration, Fault, Span};
use crate::document::{FrontMatter, Moment, parse_moment};
use crate::domain::Phase;

/// How a milestone carries its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    Written,
    /// Assumed: the zone given for times that carry none, or UTC.
    Assumed,
}

/// Milestones with the spans between them.
pub(super) struct Times {
    pub(super) started: Option<Timestamp>,
    pub(super) resolved: Option<Timestamp>,
    pub(super) published: Option<Timestamp>,
    pub(super) spans: [Duration; 4],
}

fn keys(phase: Phase) -> &'static [&'static str] {
    match phase {
        Phase::Started => &[
            "started_at",
            "started",
            "start",
            "start_time",
            "impact_start",
            "began",
            "date",
            "incident_date",
        ],
        Phase::Detected => &["detected_at", "detected", "detection_time"],
        Phase::Acknowledged => &["acknowledged_at", "acknowledged", "acked_at"],
        Phase::Mitigated => &["mitigated_at", "mitigated", "mitigation_time"],
        Phase::Resolved => &[
            "resolved_at",
            "resolved",
            "end",
            "ended",
            "end_time",
            "impact_end",
            "resolution_time",
            "duration",
        ],
    }
}

const PUBLISHED: &[&str] = &["published_at", "published"];

/// Reads the milestones; `assumed` is the zone of times that carry none, `None` when nobody said.
pub(super) fn read(
    front: &FrontMatter,
    head: &Head,
    path: &str,
    assumed: Option<&TimeZone>,
    faults: &mut Vec<Fault>,
) -> Times {
    let mut at = [None; 5];
    let mut zones = [Zone::Written; 5];
    let mut offsets: Vec<&str> = Vec::new();
    for (slot, phase) in Phase::ALL.into_iter().enumerate() {
        let Some(read) = front.at(phase) else { continue };
        at[slot] = Some(read);
        let Some((raw, _)) = head.find(keys(phase)) else { continue };
        match parse_moment(raw) {
            Some(Moment::Local(local)) => {
                zones[slot] = Zone::Assumed;
                let moved = assumed.and_then(|zone| local.to_zoned(zone.clone()).ok());
                at[slot] = moved.map_or(Some(read), |zoned| Some(zoned.timestamp()));
            }
            Some(Moment::Exact(_)) => offsets.push(offset(raw)),
            _ => {}
        }
    }
    let (started, resolved) = (at[0], at[4]);
    let published = front.published_at.or_else(|| published_day(head));
    let mut spans = spans(at, front, head);
    report_zones(&mut spans, at, zones, &offsets, assumed.is_some(), head, path, faults);
    if assumed.is_none() && !offsets.is_empty() {
        // Beside zoned times, one without a zone cannot be put in order.
        for (slot, zone) in zones.iter().enumerate() {
            at[slot] = at[slot].filter(|_| *zone == Zone::Written);
        }
    }
    report_order(&mut spans, at, head, path, faults);
    Times { started, resolved, published, spans }
}

/// A publication is often given as a day; it counts as its last instant before midnight UTC would mislead, so noon.
fn published_day(head: &Head) -> Option<Timestamp> {
    let (raw, _) = head.find(PUBLISHED)?;
    match parse_moment(raw)? {
        Moment::Day(day) => Some(day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok()?.timestamp()),
        moment => moment.instant(),
    }
}

/// `Z`, `UTC` and `GMT` are the same zone; anything else is told apart by its digits.
fn offset(raw: &str) -> &str {
    let raw = raw.trim();
    if raw.ends_with('Z') || raw.ends_with("UTC") || raw.ends_with("GMT") {
        return "+00:00";
    }
    if let Some(name) = raw.split_whitespace().last().filter(|word| word.starts_with(char::is_alphabetic)) {
        return name;
    }
    let sign = raw.rfind(['+', '-']).filter(|&at| at > 10);
    sign.map_or("+00:00", |at| &raw[at..])
}

fn ends(span: Span) -> (usize, usize) {
    match span {
        Span::Detect => (0, 1),
        Span::Acknowledge => (1, 2),
        Span::Mitigate => (0, 3),
        Span::Resolve => (0, 4),
    }
}

fn spans(at: [Option<Timestamp>; 5], front: &FrontMatter, head: &Head) -> [Duration; 4] {
    let open = is_open(at, front, head);
    Span::ALL.map(|span| {
        let (from, to) = ends(span);
        match (at[from], at[to]) {
            (Some(from), Some(to)) => {
                let seconds = (to.as_millisecond() - from.as_millisecond()) as f64 / 1000.0;
                if seconds < 0.0 { Duration::Excluded } else { Duration::Known(seconds) }
            }
            (Some(_), None) if open && matches!(span, Span::Mitigate | Span::Resolve) => Duration::Open,
            _ => Duration::Missing,
        }
    })
}

/// Whether the incident was going on when the document was written: it has a start, no end, and says nothing that
/// could be a written end.
fn is_open(at: [Option<Timestamp>; 5], front: &FrontMatter, head: &Head) -> bool {
    if at[0].is_none() || at[4].is_some() {
        return false;
    }
    let said = |key: &str| front.extra.get(key).and_then(|value| value.as_str()).map(str::to_lowercase);
    if said("state").or_else(|| said("status")).is_some_and(|state| state.contains("resolved")) {
        return false;
    }
    match head.find(keys(Phase::Resolved)) {
        None => true,
        Some((raw, _)) => {
            let raw = raw.to_lowercase();
            ["", "~", "null", "none", "ongoing", "open", "not yet", "-", "–", "tbd"].contains(&raw.as_str())
        }
    }
}

#[allow(clippy::too_many_arguments)] // one question, asked in one place of everything that was read
fn report_zones(
    spans: &mut [Duration; 4],
    at: [Option<Timestamp>; 5],
    zones: [Zone; 5],
    offsets: &[&str],
    zone_known: bool,
    head: &Head,
    path: &str,
    faults: &mut Vec<Fault>,
) {
    let assumed = |slot: usize| at[slot].is_some() && zones[slot] == Zone::Assumed;
    let Some(first) = (0..5).find(|&slot| assumed(slot)) else {
        if offsets.windows(2).any(|pair| pair[0] != pair[1]) {
            let line = head.line(keys(Phase::Started));
            let what = "times in different zones; each was converted to UTC by its own offset";
            faults.push(Fault::new(path, line, what));
        }
        return;
    };
    let line = head.line(keys(Phase::ALL[first]));
    if zone_known {
        return;
    }
    if offsets.is_empty() {
        faults.push(Fault::new(
            path,
            line,
            "times carry no zone; read as UTC (say otherwise with --timezone)",
        ));
        return;
    }
    let mut hit = Vec::new();
    for span in Span::ALL {
        let (from, to) = ends(span);
        let known = matches!(spans[span as usize], Duration::Known(_) | Duration::Excluded);
        if known && assumed(from) != assumed(to) {
            spans[span as usize] = Duration::Excluded;
            hit.push(span.name());
        }
    }
    let what = format!(
        "mixed zones: {} has none while others do; left out of time to {} (say which with --timezone)",
        Phase::ALL[first].name(),
        if hit.is_empty() { "nothing".to_owned() } else { hit.join(", ") }
    );
    faults.push(Fault::new(path, line, what));
}

/// Milestones that cannot stand in this order, and the spans that they spoil beside their own.
const ORDER: [(usize, usize, &[Span]); 6] = [
    (0, 1, &[]),
    (0, 3, &[]),
    (0, 4, &[]),
    (1, 2, &[]),
    (1, 4, &[Span::Detect, Span::Resolve]),
    (3, 4, &[Span::Mitigate, Span::Resolve]),
];

fn report_order(
    spans: &mut [Duration; 4],
    at: [Option<Timestamp>; 5],
    head: &Head,
    path: &str,
    faults: &mut Vec<Fault>,
) {
    for (earlier, later, also) in ORDER {
        let (Some(before), Some(after)) = (at[earlier], at[later]) else { continue };
        if after >= before {
            continue;
        }
        let own: Vec<Span> = Span::ALL.into_iter().filter(|&span| ends(span) == (earlier, later)).collect();
        // An end before the start explains the other contradictions of that end.
        if own.is_empty() && at[0].is_some_and(|start| after < start) {
            continue;
        }
        let spoilt: Vec<&str> = own.iter().chain(also).map(|span| span.name()).collect();
        for &span in also {
            spans[span as usize] = Duration::Excluded;
        }
        let what = format!(
            "impossible order: {} ({after}) before {} ({before}); left out of time to {}",
            Phase::ALL[later].name(),
            Phase::ALL[earlier].name(),
            spoilt.join(" and ")
        );
        faults.push(Fault::new(path, head.line(keys(Phase::ALL[later])), what));
    }
}
