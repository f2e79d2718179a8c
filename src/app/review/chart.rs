//! The timeline of a draft as a picture needs it: marks on lanes, phases, silences, disagreements.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use regex::Regex;

use super::evidence::Evidence;
use super::part::parts;
use crate::document::{Postmortem, SectionKind, parse};
use crate::domain::Phase;
use crate::text::markdown::{BlockKind, blocks};

/// One event on its lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub label: String,
    pub at: Timestamp,
    pub source: String,
    pub text: String,
    /// Named in the document.
    pub cited: bool,
    pub key: bool,
    /// Part of a disagreement between sources.
    pub disputed: bool,
}

/// A stretch without any record while the incident was open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// Everything that the picture shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// In the order of time.
    pub marks: Vec<Mark>,
    pub phases: Vec<(Phase, Timestamp)>,
    pub silences: Vec<Silence>,
}

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[\^(E\d+)\]").ok());
static RANGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:(\d{4}-\d{2}-\d{2}) )?(\d{2}:\d{2})\s*[–-]\s*(\d{2}:\d{2})$").ok());

impl Chart {
    #[must_use]
    pub fn of(source: &str, evidence: &Evidence) -> Self {
        let postmortem = parse(source).postmortem;
        let body = source.split("\n## Evidence").next().unwrap_or(source);
        let cited = labels(body);
        let disputed = disputed(source);
        let marks = evidence.items.iter().filter_map(|item| {
            Some(Mark {
                label: item.label.clone(),
                at: item.at?,
                source: item.source.clone(),
                text: item.text.clone(),
                cited: cited.contains(&item.label),
                key: item.key,
                disputed: disputed.contains(&item.label),
            })
        });
        let phases = Phase::ALL.into_iter().filter_map(|phase| Some((phase, postmortem.front.at(phase)?)));
        Self { marks: marks.collect(), phases: phases.collect(), silences: silences(&postmortem) }
    }
}

fn labels(text: &str) -> BTreeSet<String> {
    let found = LABEL.as_ref().map(|regex| regex.captures_iter(text).map(|found| found[1].to_owned()));
    found.into_iter().flatten().collect()
}

/// Evidence of the items that stand below the timeline table: the sources that disagree.
fn disputed(source: &str) -> BTreeSet<String> {
    let timeline = parts(source).into_iter().find(|part| part.kind == Some(SectionKind::Timeline));
    let Some(text) = timeline.map(|part| part.span.of(source)) else { return BTreeSet::new() };
    let items = blocks(text).into_iter().filter(|block| matches!(block.kind, BlockKind::ListItem { .. }));
    items.flat_map(|item| labels(item.span.of(text))).collect()
}

/// The rows of the timeline whose time is a range and whose source is a dash.
fn silences(postmortem: &Postmortem) -> Vec<Silence> {
    let Some(text) = postmortem.section_text(SectionKind::Timeline) else { return Vec::new() };
    let start = postmortem.front.started_at.or(postmortem.date());
    let mut day = start.map(|at| at.to_zoned(TimeZone::UTC).date());
    let mut found = Vec::new();
    let mut range = None;
    for block in blocks(&text) {
        let BlockKind::TableCell { row: 1.., column, .. } = block.kind else { continue };
        let cell = block.text.trim();
        match column {
            0 => {
                day = cell.get(..10).and_then(|text| text.parse::<Date>().ok()).or(day);
                range = RANGE.as_ref().and_then(|regex| regex.captures(cell)).and_then(|found| {
                    let clock = |text: &str| text.parse::<Time>().ok();
                    Some((clock(&found[2])?, clock(&found[3])?))
                });
            }
            1 if matches!(cell, "-" | "–" | "—" | "") => {
                found.extend(range.take().zip(day).and_then(|((from, to), day)| silence(day, from, to)));
            }
            _ => {}
        }
    }
    found
}

fn silence(day: Date, from: Time, to: Time) -> Option<Silence> {
    let end_day = if to < from { day.checked_add(1.day()).ok()? } else { day };
    let instant =
        |day: Date, time: Time| Some(day.to_datetime(time).to_zoned(TimeZone::UTC).ok()?.timestamp());
    Some(Silence { from: instant(day, from)?, to: instant(end_day, to)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn phases_come_from_the_head_and_silences_from_the_table() {
        let source = "---\nid: A-1\nstarted_at: 2025-11-28T23:40:00Z\n---\n# T\n\n## Timeline\n\n| Time | Source | Event |\n|---|---|---|\n| 2025-11-28 23:40 | k8s | Begun [^E1] |\n| 23:50–00:10 | – | *No recorded activity* |\n\nSources that disagree:\n\n- Two times [^E1]\n\n## Evidence\n\n[^E1]: 2025-11-28 23:40:05 UTC · kubernetes · \"a \\\"b\\\" (c)\" (k.json#17)\n[^E2]: 2025-11-28 23:41:00 UTC · slack · \"x\" (k.json#18)\n";
        let evidence = Evidence::load(Path::new("/nonexistent/a.md"), "A-1", source).unwrap();
        let chart = Chart::of(source, &evidence);
        assert_eq!(chart.phases.len(), 1);
        assert_eq!(chart.silences[0].to.to_string(), "2025-11-29T00:10:00Z");
        assert!(chart.marks[0].disputed && chart.marks[0].cited && !chart.marks[1].cited);
        let shown = evidence.show("E1").unwrap();
        assert_eq!((shown.item.text.as_str(), shown.item.line), ("a \"b\" (c)", 17));
        assert_eq!(shown.after[0].label, "E2");
    }
}
