//! Metadata of documents without front matter: `**Date**: …` bullets, key-value tables, ids in titles.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use regex::Regex;
use serde_json::Value;

use super::{FrontMatter, Moment, Postmortem, Problem, parse_moment};
use crate::text::LineIndex;
use crate::text::markdown::{Block, BlockKind};

static ID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b[A-Z][A-Z0-9]{1,9}-\d[\d-]*\b").ok());
static RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(\d{1,2}:\d{2})\s*(?:UTC)?\s*(?:-|–|—|to|until)\s*(\d{1,2}:\d{2})\s*(?:\(?UTC|Z\b)").ok()
});

/// Fields that metadata lines may set; prose such as "Note: …" stays prose.
const KEYS: &[&str] = &[
    "id",
    "incident id",
    "incident",
    "date",
    "incident date",
    "severity",
    "sev",
    "services",
    "service",
    "affected services",
    "teams",
    "team",
    "started",
    "start",
    "start time",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "end",
    "end time",
    "published",
    "detection",
    "detected by",
    "status",
    "duration",
    "time",
    "when",
    "window",
    "author",
    "authors",
    "commander",
    "incident commander",
    "started at",
    "detected at",
    "acknowledged at",
    "mitigated at",
    "resolved at",
    "published at",
    "repeat of",
    "customers affected",
];

/// Lines below which a document's head ends.
const HEAD_LINES: usize = 40;

/// Fills the front matter from the head of a document that has none.
pub(super) fn read_into(
    postmortem: &mut Postmortem,
    blocks: &[Block],
    index: &LineIndex,
    problems: &mut Vec<Problem>,
) {
    let mut duration = None;
    let pairs = pairs(blocks, index);
    let day = pairs.iter().find(|(_, key, _)| key.eq_ignore_ascii_case("date")).and_then(|(_, _, value)| {
        match parse_moment(value)? {
            Moment::Day(day) => Some(day),
            _ => None,
        }
    });
    let mut clocks = Clocks { day, first: None };
    for (line, key, value) in pairs {
        let name = key.to_lowercase();
        let value = clocks.with_day(&name, value);
        if matches!(name.as_str(), "duration" | "time" | "when" | "window") {
            duration = Some(value.clone());
        }
        if let Err((value, reason)) = postmortem.front.take(&key, Value::String(value)) {
            if let Some(reason) = reason {
                problems.push(Problem { line, message: format!("{key}: {reason}") });
            }
            postmortem.front.extra.insert(name.replace(' ', "_"), value);
        }
    }
    if let Some(range) = duration {
        times_from_range(&mut postmortem.front, &range);
    }
    if postmortem.front.id.is_none() {
        let found = ID.as_ref().and_then(|regex| regex.find(&postmortem.title));
        postmortem.front.id = found.map(|id| id.as_str().to_owned());
    }
}

/// Milestones written as times of the day that the head gives once: `Date: 2025-03-01`, `Started: 23:50 UTC`.
struct Clocks {
    day: Option<Date>,
    /// The first time read; earlier ones after it belong to the next day.
    first: Option<Time>,
}

impl Clocks {
    fn with_day(&mut self, key: &str, value: String) -> String {
        let milestone = ["start", "began", "detect", "acknowledge", "mitigate", "resolve", "end"]
            .iter()
            .any(|stem| key.starts_with(stem));
        let time = value.get(..5).or(value.get(..4)).and_then(|start| clock(start.trim()));
        let (Some(day), Some(time), true) = (self.day, time, milestone) else { return value };
        let first = *self.first.get_or_insert(time);
        let day = if time < first { day.tomorrow().unwrap_or(day) } else { day };
        format!("{day} {value}")
    }
}

/// Key-value pairs of the head: list items, short paragraphs' lines and two-column tables.
fn pairs(blocks: &[Block], index: &LineIndex) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let line = index.line(block.span.start);
        if line > HEAD_LINES || block.quoted {
            continue;
        }
        match block.kind {
            BlockKind::ListItem { .. } | BlockKind::Paragraph => {
                for (line, text) in fields(block, index) {
                    found.extend(key_value(text.trim()).map(|(key, value)| (line, key, value)));
                }
            }
            BlockKind::TableCell { table, row, column: 0 } => {
                let value = blocks
                    .get(at + 1)
                    .filter(|next| next.kind == BlockKind::TableCell { table, row, column: 1 });
                let third = blocks
                    .get(at + 2)
                    .is_some_and(|next| next.kind == BlockKind::TableCell { table, row, column: 2 });
                if let Some(value) = value.filter(|_| !third && is_key(&block.text)) {
                    found.push((line, block.text.trim().to_owned(), value.text.trim().to_owned()));
                }
            }
            _ => {}
        }
    }
    found
}

/// The text of a block, cut before each source line that opens with a field of its own: known to us, or set in bold.
fn fields<'a>(block: &'a Block, index: &LineIndex) -> Vec<(usize, &'a str)> {
    let mut line = index.line(block.span.start);
    let mut starts = vec![(line, 0)];
    for segment in &block.segments {
        let own = index.line(segment.source.start);
        if own > line {
            line = own;
            let rest = &block.text[segment.text_start..];
            let field = |(key, _): (&str, &str)| segment.style.strong || is_key(key);
            if rest.split_once(':').is_some_and(field) {
                starts.push((line, segment.text_start));
            }
        }
    }
    let ends = starts.iter().skip(1).map(|&(_, start)| start).chain([block.text.len()]);
    starts.iter().zip(ends).map(|(&(line, start), end)| (line, &block.text[start..end])).collect()
}

fn key_value(text: &str) -> Option<(String, String)> {
    let (key, value) = text.split_once(':')?;
    let value = value.trim();
    (is_key(key) && !value.is_empty()).then(|| (key.trim().to_owned(), value.to_owned()))
}

fn is_key(key: &str) -> bool {
    KEYS.contains(&key.trim().to_lowercase().as_str())
}

/// `13:30 – 14:12 UTC` beside a date gives start and end.
fn times_from_range(front: &mut FrontMatter, range: &str) {
    let (Some(day), Some(found)) = (front.date, RANGE.as_ref().and_then(|regex| regex.captures(range)))
    else {
        return;
    };
    let (Some(start), Some(end)) = (clock(&found[1]), clock(&found[2])) else { return };
    let end_day = if end < start { day.tomorrow().unwrap_or(day) } else { day };
    let instant = |day: Date, time: Time| {
        day.to_datetime(time).to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    };
    front.started_at = front.started_at.or_else(|| instant(day, start));
    front.resolved_at = front.resolved_at.or_else(|| instant(end_day, end));
}

fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}
