//! Scores a draft against what people wrote down about the same incident.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::document::{Moment, Postmortem, SectionKind, action_items, parse_moment};
use crate::domain::{Claim, ClaimKind, Phase, Timeline, Verdict};
use crate::text::{fold, technical_tokens};

/// How far a time may be off and still count as right, seconds; facts are written by the minute.
const TOLERANCE_S: i64 = 120;
/// Share of the words of a labelled factor or action that one sentence must hold to tell it.
const OVERLAP: f64 = 0.4;

/// What is known of one case: `facts.json`, or the `.expected.json` of a fixture.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct DraftFacts {
    #[serde(default)]
    start: Option<String>,
    #[serde(default)]
    detection: Option<String>,
    #[serde(default)]
    acknowledged: Option<String>,
    #[serde(default)]
    mitigation: Option<String>,
    #[serde(default)]
    resolution: Option<String>,
    #[serde(default)]
    phases: BTreeMap<String, Option<String>>,
    #[serde(default)]
    contributing_factors: Vec<String>,
    #[serde(default)]
    action_items: Vec<String>,
    #[serde(default, alias = "events")]
    key_events: Vec<Known>,
    /// IANA zone for times without one in the evidence.
    #[serde(default)]
    pub tz: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Known {
    at: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default = "yes")]
    derivable: bool,
}

fn yes() -> bool {
    true
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    pub right: usize,
    pub of: usize,
}

impl Share {
    fn count(all: impl IntoIterator<Item = bool>) -> Self {
        let mut share = Self::default();
        for right in all {
            share.right += usize::from(right);
            share.of += 1;
        }
        share
    }
}

/// What comes out of one draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DraftMeasure {
    /// Sentences proposed that the evidence carries.
    pub supported: Share,
    /// Sentences of the prose that carry a citation.
    pub cited: Share,
    /// Milestones of the front matter that are right within two minutes.
    pub times: Share,
    /// Labelled key events that a supported sentence tells.
    pub key_events: Share,
    pub factors: Share,
    pub actions: Share,
    pub gaps: Share,
    pub conflicts: Share,
    pub open_questions: usize,
}

/// Measures a draft and its claims. Key events count when a supported claim cites a record within two minutes that
/// shares a word; factors and actions when one sentence of their sections holds two fifths of their words.
#[must_use]
pub fn evaluate(
    facts: &DraftFacts,
    draft: &Postmortem,
    claims: &[Claim],
    timeline: &Timeline,
) -> DraftMeasure {
    let told: Vec<&Claim> = claims.iter().filter(|claim| claim.kind != ClaimKind::Question).collect();
    let supported: Vec<&Claim> =
        told.iter().copied().filter(|claim| claim.verdict == Verdict::Supported).collect();
    let sentences = |kinds: &[SectionKind]| -> Vec<BTreeSet<String>> {
        let bodies = kinds.iter().filter_map(|kind| draft.section_text(*kind));
        bodies.flat_map(|body| body.lines().map(stems).collect::<Vec<_>>()).collect()
    };
    let factors =
        sentences(&[SectionKind::ContributingFactors, SectionKind::RootCause, SectionKind::Improve]);
    let mut actions = sentences(&[SectionKind::Actions]);
    actions.extend(action_items(draft).iter().map(|action| stems(&action.action)));
    DraftMeasure {
        supported: Share { right: supported.len(), of: told.len() },
        cited: cited(draft),
        times: times(facts, draft),
        key_events: Share::count(facts.key_events.iter().filter(|known| known.derivable).filter_map(
            |known| {
                let at = instant(&known.at)?;
                Some(supported.iter().any(|claim| tells(claim, known, at, timeline)))
            },
        )),
        factors: Share::count(facts.contributing_factors.iter().map(|factor| held(factor, &factors))),
        actions: Share::count(facts.action_items.iter().map(|action| held(action, &actions))),
        gaps: gaps(draft, timeline),
        conflicts: conflicts(draft, timeline),
        open_questions: draft
            .section(SectionKind::OpenQuestions)
            .map_or(0, |section| section.body.lines().filter(|line| line.starts_with("- ")).count()),
    }
}

fn stems(text: &str) -> BTreeSet<String> {
    technical_tokens(text).into_iter().collect()
}

fn held(label: &str, sentences: &[BTreeSet<String>]) -> bool {
    let words = stems(label);
    let needed = (words.len() as f64 * OVERLAP).ceil().max(1.0);
    sentences.iter().any(|sentence| words.intersection(sentence).count() as f64 >= needed)
}

fn instant(text: &str) -> Option<Timestamp> {
    match parse_moment(text)? {
        Moment::Exact(at) => Some(at),
        _ => None,
    }
}

fn times(facts: &DraftFacts, draft: &Postmortem) -> Share {
    let plain = [
        (Phase::Started, &facts.start),
        (Phase::Detected, &facts.detection),
        (Phase::Acknowledged, &facts.acknowledged),
        (Phase::Mitigated, &facts.mitigation),
        (Phase::Resolved, &facts.resolution),
    ];
    Share::count(plain.into_iter().filter_map(|(phase, plain)| {
        let named = facts.phases.get(phase.name()).cloned().flatten();
        let known = instant(plain.as_deref().or(named.as_deref())?)?;
        let found = draft.front.at(phase);
        Some(found.is_some_and(|at| (at.as_second() - known.as_second()).abs() <= TOLERANCE_S))
    }))
}

fn tells(claim: &Claim, known: &Known, at: Timestamp, timeline: &Timeline) -> bool {
    let words = stems(&known.what);
    claim.evidence.iter().filter_map(|id| timeline.event(*id)).any(|event| {
        let near = (event.at.as_second() - at.as_second()).abs() <= TOLERANCE_S;
        let text = fold(&event.text);
        let about = if known.words.is_empty() {
            !words.is_disjoint(&stems(&format!("{} {}", event.text, claim.text)))
        } else {
            known.words.iter().all(|word| text.contains(&fold(word)))
        };
        near && about
    })
}

/// Lines of the prose with at least four words; tables, notes and the sections of questions and evidence are no prose.
fn cited(draft: &Postmortem) -> Share {
    let prose = [
        SectionKind::ExecutiveSummary,
        SectionKind::Impact,
        SectionKind::ContributingFactors,
        SectionKind::WentWell,
        SectionKind::Improve,
        SectionKind::Lessons,
    ];
    let bodies = prose.iter().filter_map(|kind| draft.section(*kind));
    Share::count(bodies.flat_map(|section| section.body.lines()).filter_map(|line| {
        let line = line.trim();
        let prose = line.split_whitespace().count() > 3 && !line.starts_with(['*', '#', '|', '>', '`']);
        prose.then(|| line.contains("[^E"))
    }))
}

fn gaps(draft: &Postmortem, timeline: &Timeline) -> Share {
    let table = draft.section_text(SectionKind::Timeline).unwrap_or_default();
    Share::count(timeline.gaps.iter().map(|gap| {
        let from = gap.from.to_zoned(jiff::tz::TimeZone::UTC).strftime("%H:%M").to_string();
        let to = gap.to.to_zoned(jiff::tz::TimeZone::UTC).strftime("%H:%M").to_string();
        let silent = |line: &str| {
            let line = line.to_lowercase();
            ["no ", "nothing", "nobody", "silen", "gap"].iter().any(|word| line.contains(word))
        };
        table.lines().any(|line| line.contains(&from) && line.contains(&to) && silent(line))
    }))
}

fn conflicts(draft: &Postmortem, timeline: &Timeline) -> Share {
    Share::count(timeline.conflicts.iter().map(|conflict| {
        let ids: Vec<String> = conflict.evidence.iter().map(|id| format!("[^{id}]")).collect();
        let mut bodies = draft.sections.iter().flat_map(|section| section.body.lines());
        bodies.any(|line| ids.iter().all(|id| line.contains(id.as_str())))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::testing::checkout_incident;

    #[test]
    fn the_offline_draft_is_scored_against_its_facts() {
        let timeline = checkout_incident();
        let lint = |_: &str| Vec::new();
        let input = crate::drafting::DraftInput {
            timeline: &timeline,
            matches: &[],
            warnings: &[],
            tool: "unblame test",
            lint: &lint,
        };
        let draft = crate::drafting::draft(&input, &mut crate::redact::Redactor::default());
        let facts: DraftFacts = serde_json::from_value(serde_json::json!({
            "detection": "2025-11-28T09:32Z", "resolution": "2025-11-28T20:00Z",
            "contributing_factors": ["no policy check of resource limits in the pipeline", "the moon was full and purple"],
            "key_events": [{"at": "2025-11-28T09:51Z", "what": "revert merged"}, {"at": "2025-11-28T03:00Z", "what": "revert merged"}],
        }))
        .unwrap();
        let measure = evaluate(&facts, &draft.postmortem, &draft.claims, &timeline);
        assert_eq!(measure.times, Share { right: 1, of: 2 });
        assert_eq!(measure.factors, Share { right: 1, of: 2 });
        assert_eq!(measure.key_events, Share { right: 1, of: 2 });
        assert_eq!(measure.supported.right, measure.supported.of);
        assert_eq!(measure.gaps.right, measure.gaps.of);
    }
}
