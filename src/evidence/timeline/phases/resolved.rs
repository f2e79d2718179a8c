//! When it was over: the all-clear of the people who handled it, checked against machines and the alert tool.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::cues::closes;
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::reversal::is_landed;
use crate::evidence::timeline::scene::Scene;

use super::recovery::{Recovery, holds, recoveries};
use super::stated::since;
use super::{Dispute, Mark, spoken};

/// An alert tool that resolves later than this after the recovery was closed by hand some day.
const TIMELY_S: i64 = 6 * 3600;
/// A machine's all-clear this short before the people's is what they saw.
const SEEN_S: i64 = 300;
/// Sources that differ by more than this disagree.
const DISAGREE_S: i64 = 600;

static CLOSES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:resolved|clos(?:e|ed|ing)|all clear|is over|(?:we(?:'re| are) )?done (?:here|for)|stand(?:ing)? down|calling it|service is restored|fully (?:recovered|restored)|back to normal|outage ends|set to resolved)\b",
    )
});
static WATCHING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:watching until|monitoring until|next update|not (?:yet )?(?:resolved|over)|waiting for|still raised|still elevated)\b",
    )
});
static BASELINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:back to normal|normal|baseline|all (?:green|healthy|endpoints healthy))\b")
});

pub(super) fn find(
    scene: &Scene<'_>,
    begun: Option<Timestamp>,
    mitigated: Option<&Mark>,
    disputes: &mut Vec<Dispute>,
) -> Option<Mark> {
    if scene.episode.is_none() {
        return last_fix(scene).or_else(|| last_recovery(scene, begun));
    }
    let from = mitigated.map(|mark| mark.at).or(begun)?;
    let tool = scene
        .lived()
        .filter(|(_, fact)| fact.kind == EventKind::AlertResolved && fact.at >= from)
        .map(|(at, fact)| (at, fact.at))
        .next_back()
        .or_else(|| late_tool(scene, from));
    let said = closing(scene, begun).filter(|(_, at)| *at >= from || seconds(*at, from) <= 60);
    let measured = scene.lived().find(|(_, fact)| {
        fact.at >= from
            && fact.class == SourceClass::Automated
            && fact.kind != EventKind::Action
            && BASELINE.is_match(&fact.text)
    });
    let mark = match (said, measured) {
        (Some((index, at)), Some((seen, fact))) if (0..=SEEN_S).contains(&seconds(fact.at, at)) => {
            Mark::new(fact.at.max(from), [index, seen], 0.95)
        }
        (Some((index, at)), _) => Mark::new(at.max(from), [index], if tool.is_some() { 0.9 } else { 0.8 }),
        (None, Some((seen, fact))) => Mark::new(fact.at, [seen], 0.75),
        (None, None) => match (tool, mitigated) {
            (Some((index, at)), _) if seconds(from, at) <= TIMELY_S => Mark::new(at, [index], 0.7),
            (_, Some(mitigated)) => Mark { confidence: mitigated.confidence * 0.7, ..mitigated.clone() },
            _ => return None,
        },
    };
    if let Some((index, at)) = tool
        && seconds(mark.at, at).abs() > DISAGREE_S
    {
        disputes.push(Dispute {
            evidence: mark.evidence.iter().copied().chain([index]).collect(),
            what: format!(
                "the alert tool says resolved at {}, the other evidence at {}",
                spoken(at),
                spoken(mark.at)
            ),
            kept: "the time that people and measurements give; alert tools are often closed later".to_owned(),
        });
    }
    Some(mark)
}

/// The first all-clear that held: who said it and since when it holds. A plain "resolved" or "closing" goes before a
/// line that merely sounds like it.
pub(super) fn closing(scene: &Scene<'_>, begun: Option<Timestamp>) -> Option<(usize, Timestamp)> {
    let claims: Vec<Recovery> =
        recoveries(scene, begun).into_iter().filter(|claim| is_closing(&scene.facts[claim.index])).collect();
    let plain = |claim: &&Recovery| CLOSES.is_match(&scene.facts[claim.index].text);
    let held = |claim: &&Recovery| holds(scene, **claim, None);
    let chosen = claims
        .iter()
        .filter(plain)
        .find(held)
        .or_else(|| claims.iter().find(held))
        .or_else(|| claims.iter().rfind(plain))?;
    let fact = &scene.facts[chosen.index];
    Some((chosen.index, since(scene, fact).unwrap_or(fact.at)))
}

fn is_closing(fact: &Fact) -> bool {
    let posted = || fact.labels.get("status").is_some_and(|status| status.eq_ignore_ascii_case("resolved"));
    let said = fact.kind == EventKind::Resolved
        || fact.kind == EventKind::StatusUpdate && !fact.is_human() && posted()
        || fact.is_human() && (fact.role == Some(Role::Resolution) || closes(&fact.text));
    said && !WATCHING.is_match(&fact.text)
}

/// The alert tool's own end, even days later, to tell of the disagreement.
fn late_tool(scene: &Scene<'_>, from: Timestamp) -> Option<(usize, Timestamp)> {
    scene
        .inside()
        .filter(|(_, fact)| fact.kind == EventKind::AlertResolved && fact.at >= from)
        .map(|(at, fact)| (at, fact.at))
        .next()
}

/// In a log that nobody commented: the last sign of recovery, which nothing follows.
fn last_recovery(scene: &Scene<'_>, begun: Option<Timestamp>) -> Option<Mark> {
    let held = recoveries(scene, begun).into_iter().rfind(|recovery| holds(scene, *recovery, None))?;
    Some(Mark::new(held.at, [held.index], 0.4))
}

/// Without alerts and conversation, as in a bare git log: the last change that takes something back.
fn last_fix(scene: &Scene<'_>) -> Option<Mark> {
    let undoes = |fact: &Fact| fact.kind == EventKind::Rollback && is_landed(fact);
    let (at, fact) = scene.inside().rfind(|(_, fact)| undoes(fact))?;
    Some(Mark::new(fact.at, [at], 0.35))
}
