//! Lines that say it is better, and whether it stayed so.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::cues::{State, closes, is_relapse, sounds_better, state};
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::scene::{Scene, post};

use super::stated::since;

/// Trouble written down this soon after a recovery was written before it was seen.
const GRACE_S: i64 = 30;

static FIX_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:fix|mitigation|workaround) (?:has been|was|is) (?:implemented|applied|deployed|rolled out|in place)\b",
    )
});
static NOT_YET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:should|will|would|might|may|could|once|until|if|hope(?:fully)?|going to|need to|trying|expect\w*)\b.{0,40}\b(?:back|fix\w*|work\w*|recover\w*|resolve\w*|normal|restored)\b|\?\s*$",
    )
});

/// A fact that says the trouble is over or less.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recovery {
    pub(super) index: usize,
    /// When it holds from: the time stated in the line, else the line's own.
    pub(super) at: Timestamp,
    pub(super) class: SourceClass,
}

/// All of them after `begun`, in order of time.
pub(super) fn recoveries(scene: &Scene<'_>, begun: Option<Timestamp>) -> Vec<Recovery> {
    let mut seen_trouble = false;
    let mut found = Vec::new();
    for (index, fact) in scene.lived().filter(|(_, fact)| begun.is_none_or(|begun| fact.at >= begun)) {
        seen_trouble |= scene.is_trouble(index);
        let machine = fact.class == SourceClass::Automated
            && matches!(fact.kind, EventKind::Log | EventKind::Metric | EventKind::Observation);
        let better = if machine {
            seen_trouble && state(&fact.text) == Some(State::Good)
        } else {
            fact.kind == EventKind::AlertResolved || says_better(fact) || is_monitoring(fact)
        };
        if better {
            // Public posts also name when the trouble began and when the next one comes.
            let told = fact.is_human() || fact.text.to_lowercase().contains("as of ");
            let at = if told { since(scene, fact).unwrap_or(fact.at) } else { fact.at };
            let at = begun.map_or(at, |begun| at.max(begun));
            found.push(Recovery { index, at, class: fact.class });
        }
    }
    found.sort_by_key(|recovery| (recovery.at, recovery.class, recovery.index));
    found
}

/// A status page that says the fix is in and is being watched.
fn is_monitoring(fact: &Fact) -> bool {
    let told = || match fact.source.as_str() {
        "statuspage" => post(fact) == Some(State::Good),
        _ => {
            FIX_IN.is_match(&fact.text)
                || fact.labels.get("status").is_some_and(|status| {
                    ["monitoring", "resolved"].iter().any(|known| status.eq_ignore_ascii_case(known))
                })
        }
    };
    fact.kind == EventKind::StatusUpdate && !fact.is_human() && told()
}

fn says_better(fact: &Fact) -> bool {
    let claims = fact.kind == EventKind::Resolved
        || fact.is_human() && closes(&fact.text)
        || matches!(fact.role, Some(Role::Mitigation | Role::Resolution)) && fact.is_human();
    let told = !fact.is_human() || sounds_better(&fact.text);
    claims && told && !NOT_YET.is_match(&fact.text) && !is_relapse(&fact.text)
}

/// Whether nothing says that the trouble came back between the recovery and `end`.
pub(super) fn holds(scene: &Scene<'_>, recovery: Recovery, end: Option<Timestamp>) -> bool {
    relapse(scene, recovery, end).is_none()
}

/// The first fact that says so.
pub(super) fn relapse(scene: &Scene<'_>, recovery: Recovery, end: Option<Timestamp>) -> Option<usize> {
    let after = |at: &&usize| seconds(recovery.at, scene.facts[**at].at) > GRACE_S && **at != recovery.index;
    let next = scene.troubles_since(recovery.at).iter().find(after)?;
    end.is_none_or(|end| scene.facts[*next].at <= end).then_some(*next)
}
