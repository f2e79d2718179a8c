//! How much a line of a person matters: by its role, and whether it tells something new about the incident at hand.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::cues::is_relapse;
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::window::numbers;

use super::FORCED;
use super::judge::{Judge, LONG_AFTER_S};

static PLAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:by \d{4}-\d{2}|by (?:mon|tues|wednes|thurs|fri)day|next (?:week|sprint|quarter)|until (?:friday|monday|next)|i'?ll (?:add|write|set up|create|own)|action item|tracking as)\b",
    )
});
static FINDING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:found it|root cause|culprit|turns out|verified|upon investigation|it looks like|looked at|confirmed|because|which is why|caused by|came with)\b",
    )
});
/// A clock time inside a text; two of them retell what was told before.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d{1,2}:\d{2}\b"));
pub(super) static ON_IT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\W*(?:ok(?:ay)?|yes|ack|hi)[,. ]+)?(?:i'?m )?(?:on it|investigating|looking|taking a look|checking)\b",
    )
});
pub(super) static JOINED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bhas joined the channel\b|\bjoined #"));

impl Judge<'_> {
    pub(super) fn said(&self, at: usize, fact: &Fact) -> f64 {
        if PLAN.is_match(&fact.text) || self.review.is_some_and(|review| fact.at >= review) {
            return 0.0;
        }
        let memory = fact.class == SourceClass::Memory;
        let base = match (fact.kind, fact.role) {
            (EventKind::Escalation, _) if !memory => FORCED,
            (EventKind::Declared, _) => FORCED,
            (EventKind::Escalation, _) => 3.0,
            (_, Some(Role::Action | Role::Decision)) => 3.4,
            (_, Some(Role::Mitigation | Role::Resolution)) => 3.0,
            (_, Some(Role::Diagnosis)) => 3.0,
            (_, Some(Role::Detection)) => 2.7,
            (_, Some(Role::Hypothesis)) if !memory => 2.5,
            _ if memory => 2.8,
            (EventKind::StatusUpdate, _) => 2.6,
            (_, Some(Role::Communication)) => 1.6,
            _ => 0.0,
        };
        if base == 0.0 || base >= FORCED {
            return base;
        }
        let short = if self.terms[at].len() < 3 { -0.8 } else { 0.0 };
        let words = self.terms[at].intersection(&self.scene.scope.words).count();
        let related = 0.2 * words.min(3) as f64 - 0.2;
        let turned = if is_relapse(&fact.text) { 0.6 } else { 0.0 };
        let named = if numbers(&fact.text).iter().any(|number| self.chain.contains(number.as_str())) {
            0.3
        } else {
            0.0
        };
        let found = if FINDING.is_match(&fact.text) { 0.6 } else { 0.0 };
        let reply = if fact.thread.is_some() && is_reply(fact) { -0.5 } else { 0.0 };
        let pasted = if fact.text.starts_with("```") { -0.8 } else { 0.0 };
        let recap = if CLOCK.find_iter(&fact.text).count() >= 2 { -0.6 } else { 0.0 };
        let question = if fact.text.trim_end().ends_with('?') { -1.2 } else { 0.0 };
        let late = self.mitigated.is_some_and(|mitigated| fact.at >= mitigated);
        let long_after = self.resolved.is_some_and(|resolved| seconds(resolved, fact.at) > LONG_AFTER_S);
        let late = if long_after {
            -1.2
        } else if late {
            -0.5
        } else {
            0.0
        };
        let echo = matches!(fact.role, Some(Role::Mitigation | Role::Resolution)) && late < 0.0;
        let late = if echo { late - 0.6 } else { late };
        let early = self.started.is_some_and(|started| seconds(fact.at, started) > 60);
        let early = if early { -1.2 } else { 0.0 };
        base + short
            + related
            + turned
            + named
            + found
            + reply
            + pasted
            + recap
            + question
            + self.within(fact, 0.0, -0.3).min(late).min(early)
    }

    /// Somebody joins whom an escalation called.
    pub(super) fn arrival(&self, at: usize, fact: &Fact) -> f64 {
        let called = self.scene.facts[..at].iter().any(|other| {
            let named = fact.actor.as_ref().is_some_and(|name| other.all_text().contains(name.as_str()));
            other.kind == EventKind::Escalation && named && seconds(other.at, fact.at) <= 1800
        });
        if called { FORCED } else { 0.0 }
    }
}

/// A reply in a thread, not the message that opened it.
fn is_reply(fact: &Fact) -> bool {
    let own = fact.keys.iter().any(|key| Some(key) == fact.thread.as_ref());
    !own
}
