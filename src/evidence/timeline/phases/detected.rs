//! When somebody or something first noticed: the first alert, or a person's report that was taken up before it.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::cues::{is_symptom, perceives};
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::scene::Scene;
use crate::evidence::timeline::terms::Word;

use super::{Dispute, Mark};

/// A report that nobody reacts to within this time was not noticed.
const TAKEN_UP_S: i64 = 900;
/// A report this long before the alert is about something else, unless nobody else reports.
const SAME_MATTER_S: i64 = 1800;

static REPORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:outage|incident|issue|problem|it) (?:is |was |has been )?reported|reported by|report of)\b",
    )
});

pub(super) fn find(scene: &Scene<'_>, disputes: &mut Vec<Dispute>) -> Option<Mark> {
    let fired = || scene.lived().filter(|(_, fact)| fact.kind == EventKind::AlertFired);
    let alert = fired().find(|(at, _)| is_followed(scene, *at)).or_else(|| fired().next());
    let Some((at, fired)) = alert else {
        return report(scene).or_else(|| status_post(scene));
    };
    let reports = reports_before(scene, fired.at);
    if let Some((said, fact)) = reports.first().map(|at| (*at, &scene.facts[*at])) {
        let answer = scene
            .lived()
            .find(|(other, answer)| *other > said && answer.at < fired.at && takes_up(answer, fact));
        if let Some((answered, _)) = answer {
            return Some(Mark::new(fact.at, [said, answered], 0.75));
        }
        disputes.push(Dispute {
            evidence: vec![said, at],
            what: format!(
                "a report came {} min before the first alert; no reaction to it is recorded before the alert",
                seconds(fact.at, fired.at) / 60
            ),
            kept: "the alert as the time of detection".to_owned(),
        });
    }
    Some(Mark::new(fired.at, [at], 0.9))
}

/// Whether something else happens soon after an alert; one that fired hours before and went by itself was another
/// matter, or a near miss.
fn is_followed(scene: &Scene<'_>, at: usize) -> bool {
    let fired = scene.facts[at].at;
    let sign = |fact: &Fact| {
        let work = fact.is_human() && !matches!(fact.role, Some(Role::Noise) | None);
        work || matches!(
            fact.kind,
            EventKind::AlertFired
                | EventKind::AlertAcknowledged
                | EventKind::Escalation
                | EventKind::Declared
        )
    };
    scene.lived_within(fired, 0, SAME_MATTER_S).any(|(other, fact)| other != at && sign(fact))
}

/// The reports that lead without a long pause to the alert and speak of the same matter.
fn reports_before(scene: &Scene<'_>, fired: Timestamp) -> Vec<usize> {
    let mut next = fired;
    let mut chain = Vec::new();
    for (at, fact) in
        scene.lived().rev().filter(|(_, fact)| fact.at < fired && (is_report(fact) || tells_symptom(fact)))
    {
        if seconds(fact.at, next) > SAME_MATTER_S {
            break;
        }
        next = fact.at;
        chain.push(at);
    }
    let words = &scene.scope.words;
    let same =
        |at: &usize| scene.terms.of(*at).iter().any(|word| words.contains(&word)) || is_on_topic(scene, *at);
    chain.reverse();
    // Whoever says "same here" names nothing; the report before it does.
    let first = chain.iter().position(same).unwrap_or(chain.len());
    chain.split_off(first)
}

/// The first report that somebody works on afterwards; failing that, the first line of such work.
fn report(scene: &Scene<'_>) -> Option<Mark> {
    let work = |fact: &Fact| {
        fact.is_human()
            && matches!(fact.role, Some(Role::Diagnosis | Role::Action | Role::Decision | Role::Mitigation))
    };
    let followed = |said: usize, fact: &Fact| {
        scene
            .lived_within(fact.at, 0, 2 * TAKEN_UP_S)
            .any(|(other, answer)| other >= said && (work(answer) || is_hypothesis(answer)))
    };
    let reported = scene.lived().find(|(at, fact)| {
        (is_report(fact) || tells_symptom(fact)) && followed(*at, fact) && is_on_topic(scene, *at)
    });
    if let Some((at, fact)) = reported {
        return Some(Mark::new(fact.at, [at], 0.7));
    }
    let first = scene.lived().find(|(_, fact)| work(fact))?;
    Some(Mark::new(first.1.at, [first.0], 0.4))
}

fn is_hypothesis(fact: &Fact) -> bool {
    fact.is_human() && fact.role == Some(Role::Hypothesis)
}

fn is_report(fact: &Fact) -> bool {
    fact.is_human()
        && (fact.roles.contains(&Role::Detection)
            || fact.class == SourceClass::Memory && REPORT.is_match(&fact.text))
}

/// A finding that names a symptom is a report when nobody reported before.
fn tells_symptom(fact: &Fact) -> bool {
    let states = matches!(fact.role, Some(Role::Diagnosis | Role::Hypothesis));
    let over = fact.roles.iter().any(|role| matches!(role, Role::Mitigation | Role::Resolution));
    fact.is_human() && (states && is_symptom(&fact.text) || !over && perceives(&fact.text))
}

/// Whether other lines of the same hours take up at least two words of it, or one of a short line.
fn is_on_topic(scene: &Scene<'_>, at: usize) -> bool {
    let mut open: Vec<Word> = scene.terms.distinctive(at).collect();
    let wanted = open.len().div_ceil(4).clamp(1, 2);
    let mut shared = 0;
    for (other, fact) in scene.lived_within(scene.facts[at].at, -4 * TAKEN_UP_S, 4 * TAKEN_UP_S) {
        if other != at && fact.is_human() {
            let before = open.len();
            open.retain(|word| scene.terms.of(other).iter().all(|known| known != *word));
            shared += before - open.len();
        }
        if shared >= wanted {
            return true;
        }
    }
    false
}

/// Whether the line is somebody else's reaction, or the reporter getting to work.
fn takes_up(answer: &Fact, report: &Fact) -> bool {
    let soon = seconds(report.at, answer.at) <= TAKEN_UP_S;
    let other = answer.actor != report.actor;
    soon && answer.is_human()
        && match answer.role {
            Some(Role::Action | Role::Decision) => true,
            Some(Role::Detection | Role::Diagnosis | Role::Hypothesis | Role::Communication) => other,
            _ => false,
        }
}

/// A status page alone tells at least when it was known.
fn status_post(scene: &Scene<'_>) -> Option<Mark> {
    let (at, fact) = scene.lived().find(|(_, fact)| fact.kind == EventKind::StatusUpdate)?;
    Some(Mark::new(fact.at, [at], 0.25))
}
