//! The published rubric for documents: what can be counted, five parts of equal weight.

use std::sync::LazyLock;

use regex::Regex;

use super::{Duration, Span};
use crate::document::{Factor, Postmortem, SectionKind};
use crate::domain::ActionItem;

/// Sections that a reader looks for.
const SECTIONS: [&[SectionKind]; 8] = [
    &[SectionKind::ExecutiveSummary],
    &[SectionKind::Impact],
    &[SectionKind::Timeline],
    &[SectionKind::ContributingFactors, SectionKind::RootCause],
    &[SectionKind::WentWell],
    &[SectionKind::Improve],
    &[SectionKind::Lessons],
    &[SectionKind::Actions],
];

static TIMED_ROW: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^\s*(?:[-*|]\s*)+\W{0,4}(?:\d{4}-\d{2}-\d{2}[ T])?\d{1,2}:\d{2}").ok());
static CITATION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[\^E\d+\]|https?://").ok());

/// Parts of the score, each 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// Share of the eight sections that are present and not empty.
    pub sections: f64,
    /// Share of the four spans that can be computed.
    pub times: f64,
    /// Contributing factors with a category (half) and more than one of them (half).
    pub causes: f64,
    /// Share of action items with owner, due date and a way to see that they work.
    pub actions: f64,
    /// 1 with citations of evidence, else 0.
    pub evidence: f64,
}

impl Quality {
    /// Mean of the five parts times five: 0 to 5.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.sections + self.times + self.causes + self.actions + self.evidence
    }
}

/// What was preserved of the incident.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Telemetry {
    /// Start, detection and end are given to the minute.
    pub milestones: bool,
    /// Rows of the timeline that carry a time.
    pub timed_rows: usize,
    /// Sentences or rows cite their evidence.
    pub cited: bool,
}

impl Telemetry {
    /// Complete: the three milestones, at least three timed rows, and citations.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.milestones && self.timed_rows >= 3 && self.cited
    }
}

pub(super) fn assess(
    postmortem: &Postmortem,
    spans: &[Duration; 4],
    factors: &[Factor],
    actions: &[ActionItem],
) -> (Quality, Telemetry) {
    let matches = |regex: &LazyLock<Option<Regex>>, text: &str| {
        regex.as_ref().map_or(0, |regex| regex.find_iter(text).count())
    };
    let present = |kinds: &&&[SectionKind]| {
        let filled =
            |kind: &SectionKind| postmortem.section_text(*kind).is_some_and(|text| !text.trim().is_empty());
        kinds.iter().any(filled)
    };
    let cited = postmortem.sections.iter().any(|section| matches(&CITATION, &section.body) > 0);
    let timed_rows = postmortem.sections.iter().map(|section| matches(&TIMED_ROW, &section.body)).sum();
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let tagged = factors.iter().filter(|factor| factor.category.is_some()).count();
    let complete =
        |item: &&ActionItem| item.owner.is_some() && item.due.is_some() && item.verification.is_some();
    let known = |duration: &&Duration| matches!(duration, Duration::Known(_));
    let quality = Quality {
        sections: share(SECTIONS.iter().filter(present).count(), SECTIONS.len()),
        times: share(spans.iter().filter(known).count(), spans.len()),
        causes: 0.5 * share(tagged, factors.len()) + if factors.len() > 1 { 0.5 } else { 0.0 },
        actions: share(actions.iter().filter(complete).count(), actions.len()),
        evidence: if cited { 1.0 } else { 0.0 },
    };
    let milestones = known(&&spans[Span::Detect as usize]) && known(&&spans[Span::Resolve as usize]);
    (quality, Telemetry { milestones, timed_rows, cited })
}
