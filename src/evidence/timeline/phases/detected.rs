//! When somebody or something first noticed: the first alert, or a person's report that was taken up before it.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::scene::Scene;

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
    let alert = scene.lived().find(|(_, fact)| fact.kind == EventKind::AlertFired);
    let Some((at, fired)) = alert else {
        return report(scene).or_else(|| status_post(scene));
    };
    let earlier = scene.lived().find(|(_, fact)| {
        let ahead = seconds(fact.at, fired.at);
        ahead > 0
            && ahead <= SAME_MATTER_S
            && is_report(fact)
            && !scene.scope.words.is_disjoint(&fact.terms())
    });
    if let Some((said, fact)) = earlier {
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

/// The first report that somebody works on afterwards; failing that, the first line of such work.
fn report(scene: &Scene<'_>) -> Option<Mark> {
    let work = |fact: &Fact| {
        fact.is_human()
            && matches!(fact.role, Some(Role::Diagnosis | Role::Action | Role::Decision | Role::Mitigation))
    };
    let followed = |said: usize, fact: &Fact| {
        scene.lived().any(|(other, answer)| {
            let near = seconds(fact.at, answer.at) <= 2 * TAKEN_UP_S;
            other >= said && near && (work(answer) || is_hypothesis(answer))
        })
    };
    let reported = scene.lived().find(|(at, fact)| is_report(fact) && followed(*at, fact));
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

/// Whether the line is somebody else's reaction, or the reporter getting to work.
fn takes_up(answer: &Fact, report: &Fact) -> bool {
    let soon = seconds(report.at, answer.at) <= TAKEN_UP_S;
    let other = answer.actor != report.actor;
    soon && answer.is_human()
        && match answer.role {
            Some(Role::Action | Role::Decision) => true,
            Some(Role::Diagnosis | Role::Hypothesis | Role::Communication) => other,
            _ => false,
        }
}

/// A status page alone tells at least when it was known.
fn status_post(scene: &Scene<'_>) -> Option<Mark> {
    let (at, fact) = scene.lived().find(|(_, fact)| fact.kind == EventKind::StatusUpdate)?;
    Some(Mark::new(fact.at, [at], 0.25))
}
