//! Entries of a timeline: their clock times, dates and zones.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;
use crate::text::markdown::BlockKind;

use super::ascii;
use super::page::Page;
use super::section::SectionKind;

/// One entry that begins with a clock time.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(super) time_span: Span,
    /// Minutes since midnight.
    minutes: i32,
    /// As written, when the entry carries one.
    date: Option<String>,
    /// The entry's own zone, upper case.
    pub(super) zone: Option<String>,
    /// The header, the section or the front matter names a zone.
    pub(super) zone_around: bool,
    /// Lists under different headings are apart.
    pub(super) block_group: usize,
}

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(
        r"(?i)^\W*(?:(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|(?:mon|tue|wed|thu|fri|sat|sun|day)[a-z]*\.?(?: ?\d+)?|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: \d{1,2})?(?: \d{4})?)[T ,:–-]*)?~?(?P<time>(?P<h>[01]?\d|2[0-3])(?:[:h.](?P<m>[0-5]\d))(?::[0-5]\d(?:\.\d+)?)?(?: ?(?P<half>[ap])\.?m\.?)?)(?P<to> ?(?:-|–|—|to|until) ?\d{1,2}[:h]\d{2}(?::\d{2})?)? ?\(?(?P<zone>Z\b|UTC(?:[+-]\d{1,2}(?::?\d{2})?)?\b|GMT(?:[+-]\d{1,2})?\b|[+-]\d{2}:?\d{2}\b|(?:C|E|W|M|P)E?[SD]?T\b|CES?T\b|[EW]EST\b|BST\b|IST\b|JST\b|A[EW]D?ST\b|AEDT\b|MSK\b|SGT\b|HKT\b|NZ[SD]T\b|BRT\b|ET\b|PT\b|local(?: time)?\b)?",
    )
});
static ZONE_WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(
        r"\b(UTC(?:[+-]\d{1,2})?|GMT|Z|CES?T|EES?T|WES?T|[ECMP][SD]T|BST|IST|JST|AE[SD]T|MSK|SGT|HKT|NZ[SD]T|BRT|[A-Z][a-z]+/[A-Z][A-Za-z_]+)\b|(?i:(local time|timezone: *\S+|[A-Z][a-z]+ time\b))",
    )
});

/// All entries of timeline sections in order.
pub(super) fn entries(page: &Page<'_>) -> Vec<Entry> {
    let Some(time) = TIME.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    let mut group = 0;
    let mut zone_in_section = None;
    let zone_in_front = front_zone(page).is_some();
    for (index, block) in page.blocks.iter().enumerate() {
        if page.kinds[index] != Some(SectionKind::Timeline) {
            zone_in_section = None;
            continue;
        }
        let said = match block.kind {
            BlockKind::Heading(_) => {
                group += 1;
                zone_of(&block.text)
            }
            BlockKind::Paragraph if !time.is_match(&block.text) => zone_of(&block.text),
            _ => None,
        };
        zone_in_section = said.or(zone_in_section);
        let is_entry = match block.kind {
            BlockKind::ListItem { .. } | BlockKind::Paragraph => true,
            BlockKind::TableCell { row, column, .. } => {
                row > 0 && (column == 0 || is_time_column(page.header_of(index)))
            }
            _ => false,
        };
        if !is_entry || block.quoted {
            continue;
        }
        for (offset, line) in lines(&block.text) {
            if !line.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let Some(hit) = time.captures(line) else { continue };
            let (Some(clock), Some(hour)) =
                (hit.name("time"), hit.name("h").and_then(|h| h.as_str().parse::<i32>().ok()))
            else {
                continue;
            };
            let minute = hit.name("m").and_then(|m| m.as_str().parse::<i32>().ok()).unwrap_or_default();
            let afternoon =
                hit.name("half").is_some_and(|half| half.as_str().eq_ignore_ascii_case("p")) && hour < 12;
            let end = hit.name("to").map_or(clock.end(), |to| to.end());
            let header = matches!(block.kind, BlockKind::TableCell { .. })
                .then(|| zone_of(page.header_of(index)))
                .flatten();
            found.push(Entry {
                time_span: block.source_span(Span::new(offset + clock.start(), offset + end)),
                minutes: (hour + if afternoon { 12 } else { 0 }) * 60 + minute,
                date: hit.name("date").map(|date| date.as_str().to_lowercase()),
                zone: hit.name("zone").map(|zone| zone.as_str().to_uppercase()),
                zone_around: header.is_some() || zone_in_section.is_some() || zone_in_front,
                block_group: group,
            });
        }
    }
    found
}

pub(super) fn is_time_column(header: &str) -> bool {
    let lower = header.to_lowercase();
    lower.contains("time") || lower.contains("when") || lower.contains("utc")
}

/// A paragraph of hard line breaks holds one entry a line.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    std::iter::once((0, text))
}

fn zone_of(text: &str) -> Option<String> {
    ZONE_WORD.as_ref().and_then(|zone| zone.find(text)).map(|hit| hit.as_str().to_owned())
}

fn front_zone(page: &Page<'_>) -> Option<String> {
    page.front_matter().lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        let key = key.trim().to_lowercase();
        matches!(key.as_str(), "timezone" | "time_zone" | "tz" | "zone")
            .then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// The zone that the front matter or the head of the document gives for all times.
pub(super) fn document_zone(page: &Page<'_>) -> Option<String> {
    front_zone(page).or_else(|| {
        let prose = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::ListItem { .. });
        page.blocks.iter().filter(|block| prose(block.kind)).find_map(|block| {
            let lower = block.text.to_lowercase();
            let says = ["all times", "clock times", "times are in", "times in"];
            let from = says.iter().filter_map(|says| lower.find(says)).min()?;
            zone_of(block.text.get(from..).unwrap_or(&block.text))
        })
    })
}

impl Entry {
    /// Minutes to add to reach UTC, for zones with a fixed meaning.
    fn to_utc(&self) -> i32 {
        match self.zone.as_deref() {
            Some("CET") | Some("BST") => -60,
            Some("CEST") | Some("EET") => -120,
            Some("EEST") | Some("MSK") => -180,
            Some("IST") => -330,
            Some("JST") => -540,
            Some("EST") => 300,
            Some("EDT") => 240,
            Some("CST") => 360,
            Some("CDT") => 300,
            Some("MST") => 420,
            Some("MDT") => 360,
            Some("PST") => 480,
            Some("PDT") => 420,
            _ => 0,
        }
    }

    /// Earlier than the entry before it, unless the day changed or midnight passed.
    pub(super) fn goes_back_from(&self, previous: &Self) -> bool {
        if self.date.is_some() && self.date != previous.date {
            return false;
        }
        let back = (previous.minutes + previous.to_utc()) - (self.minutes + self.to_utc());
        // more than half a day back is the next day
        back > 0 && back < 12 * 60
    }
}
