//! How much a line of a person matters: by its role, and whether it tells something new about the incident at hand.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::timeline::cues::{is_relapse, is_symptom};
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::window::numbers;
use crate::text::technical_tokens;

use super::FORCED;
use super::judge::{Judge, LONG_AFTER_S};

static PLAN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:by \d{4}-\d{2}|by (?:mon|tues|wednes|thurs|fri)day|next (?:week|sprint|quarter)|until (?:friday|monday|next)|i'?ll (?:add|write|set up|create|own)|action item|tracking as)\b",
    )
});
static FINDING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:found it|root cause|culprit|turns out|verified|upon investigation|it looks like|looked at|confirmed|because|which is why|caused by|came with|(?:was|is) not the|(?:real |true )?(?:cause|reason) (?:is|was)|correction)\b",
    )
});
/// Answers to what somebody said; the one who asked is shown, if anybody is.
static ANSWER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:yeah|yea|yes|yep|yup|yues|no|nope|nah|right|ok(?:ay)?|ack|true|agreed|exactly|indeed|sure|correct|same|thanks|thx|good (?:catch|point|question)|i (?:thought|think) so|at least|actually|well|sorry|np|fair|makes sense)\b",
    )
});
/// Doubt about one's own understanding tells nothing of the system.
static DOUBT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:i'?m (?:just )?(?:confused|unsure|not sure|lost)|(?:just|be) confused|not clear to me|i may be wrong|i don'?t (?:know|understand)|no idea|unclear|to my knowledge|i (?:was|am) mildly)\b",
    )
});
static LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"https?://\S+"));
/// After the end: what will be done, not what happened.
static FOLLOW_UP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:i'?ll|i will|we'?ll|we will|i can|should|next time|from now on|needs? (?:to|an?)|let'?s|tomorrow|this week|next week|(?:mon|tues|wednes|thurs|fri)day|i (?:fix|file|make|set|ask|write|move|add) |remove the|ticket)\b",
    )
});
/// Parts, numbers with a unit, answers of a server, quoted output: what work on a system talks about.
static TECHNICAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"`|\b\w+[_/]\w+|\b\w+\.\w{2,}|\b[a-z]+-?\d+\b|\b\d+(?:[.,]\d+)? ?(?:%|ms|s|gb|mb|k|min|of \d+|/ ?\d+)(?:\b|\W|$)|\b[45]\d\d\b|#\d+",
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
            (_, Some(Role::Diagnosis | Role::Detection)) => 3.0,
            (_, Some(Role::Hypothesis)) if !memory => 2.7,
            (_, Some(Role::Noise | Role::Communication)) if memory && self.talks => 1.8,
            _ if memory => 2.8,
            (EventKind::StatusUpdate, _) => 2.6,
            (_, Some(Role::Communication)) => 1.6,
            _ => 0.0,
        };
        if base == 0.0 || base >= FORCED {
            return base;
        }
        let over = self.resolved.is_some_and(|resolved| fact.at > resolved);
        if over && !memory && FOLLOW_UP.is_match(&fact.text) {
            return 0.0;
        }
        let acts =
            fact.roles.iter().any(|role| matches!(role, Role::Action | Role::Decision | Role::Mitigation));
        let empty = match (memory || self.has_substance(at, fact), acts) {
            (true, _) => 0.0,
            (false, true) => -0.6,
            (false, false) => -1.0,
        };
        let chatty = fact.actor.as_deref().is_some_and(|actor| self.chatty.contains(actor));
        let chatty = if chatty && !acts && fact.role != Some(Role::Detection) { -0.7 } else { 0.0 };
        let finding = FINDING.is_match(&fact.text);
        let settled = if over && !memory && !finding { -0.8 } else { 0.0 };
        let fix = if over && self.names_fix(fact) { 1.8 } else { 0.0 };
        let short = match told_words(&fact.text) {
            0 | 1 if !memory => -1.6,
            0..3 if memory && self.is_beside(fact) => 0.0,
            0..3 => -0.8,
            _ => 0.0,
        };
        let dormant = if self.is_dormant(fact) && fact.role != Some(Role::Detection) { -0.9 } else { 0.0 };
        let beside = if self.is_beside(fact) { 0.8 } else { 0.0 };
        let words =
            self.scene.terms.of(at).iter().filter(|word| self.scene.scope.words.contains(word)).count();
        let related = 0.2 * words.min(3) as f64 - 0.2;
        let turned = if is_relapse(&fact.text) { 0.6 } else { 0.0 };
        let named = if numbers(&fact.text).iter().any(|number| self.chain.contains(number.as_str())) {
            0.3
        } else {
            0.0
        };
        let found = if finding { 0.6 } else { 0.0 };
        let reply = if fact.thread.is_some() && is_reply(fact) { -0.5 } else { 0.0 };
        let pasted = if fact.text.starts_with("```") { -0.8 } else { 0.0 };
        let recap = if CLOCK.find_iter(&fact.text).count() >= 2 { -0.6 } else { 0.0 };
        let question = if asks(fact) { -1.2 } else { 0.0 };
        let answer = if !acts && ANSWER.is_match(&fact.text) { -0.8 } else { 0.0 };
        let doubt = if DOUBT.is_match(&fact.text) { -0.8 } else { 0.0 };
        let late = self.mitigated.is_some_and(|mitigated| fact.at >= mitigated);
        let long_after = self.resolved.is_some_and(|resolved| seconds(resolved, fact.at) > LONG_AFTER_S);
        let late = if long_after {
            -1.2
        } else if late && self.is_long_repair(fact) {
            -0.2
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
            + answer
            + doubt
            + empty
            + chatty
            + settled
            + fix
            + beside
            + dormant
            + self.within(fact, 0.0, -0.3).min(late).min(early)
    }

    /// Whether the line is the first to name a change of which there is a record.
    fn names_fix(&self, fact: &Fact) -> bool {
        numbers(&fact.text).iter().any(|number| {
            let first = self.first_named.get(number).map(|first| &self.scene.facts[*first]);
            first.is_some_and(|first| first.origin == fact.origin)
        })
    }

    /// Whether the line talks of the system at hand: its parts, readings, or words that the others use as well.
    fn has_substance(&self, at: usize, fact: &Fact) -> bool {
        let known = |word| self.vocabulary.contains(&word) || self.scene.scope.words.contains(&word);
        TECHNICAL.is_match(&fact.text)
            || FINDING.is_match(&fact.text)
            || is_symptom(&fact.text)
            || self.scene.terms.of(at).iter().any(known)
    }

    /// Somebody joins whom an escalation called.
    pub(super) fn arrival(&self, at: usize, fact: &Fact) -> f64 {
        let earlier = self.escalations.iter().take_while(|other| **other < at);
        let called = earlier.map(|other| &self.scene.facts[*other]).any(|other| {
            let named = fact.actor.as_ref().is_some_and(|name| other.all_text().contains(name.as_str()));
            named && seconds(other.at, fact.at) <= 1800
        });
        if called { FORCED } else { 0.0 }
    }
}

/// Words that tell something, links aside.
fn told_words(text: &str) -> usize {
    technical_tokens(&LINK.replace_all(text, " ")).len()
}

/// Whether the message is a question: its last line, or a line of it when no other one reports or acts.
fn asks(fact: &Fact) -> bool {
    let tells = |role: &Role| {
        matches!(role, Role::Action | Role::Decision | Role::Mitigation | Role::Resolution | Role::Detection)
    };
    let question = |line: &str| line.trim_end().ends_with('?');
    let (before, _) = fact.text.trim_end().rsplit_once(['.', '!', '\n', ',', ';']).unwrap_or_default();
    let stated = TECHNICAL.is_match(before) && told_words(before) >= 3;
    if question(&fact.text) {
        return !stated;
    }
    !fact.roles.iter().any(tells) && fact.text.lines().any(question)
}

/// A reply in a thread, not the message that opened it.
fn is_reply(fact: &Fact) -> bool {
    let own = fact.keys.iter().any(|key| Some(key) == fact.thread.as_ref());
    !own
}
