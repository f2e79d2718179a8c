//! What did not work, in the words of those who saw it: users, status posts, the first to report.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, Phase, Role};
use crate::drafting::reading::{Line, Reading};

/// A shorter remark says too little, a longer one is a text of its own.
const WORDS: std::ops::RangeInclusive<usize> = 4..=45;

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(unavailable|unreachable|inaccessible|not (working|loading|available|responding|reachable|found|merging|running|starting)|(can(not|'t| not)|could(n't| not)|unable to) \w+|fail(s|ed|ing|ures?)?|errors?|timeouts?|tim(es?|ed|ing) out|slow(er|ly|ness)?|degraded|stuck|hang(s|ing)?|delay(s|ed)?|down|broken|crash\w*|5\d\d(s|'s)?|(white|blank) (page|screen)|(not|n't) (been |being |get |getting )?(merged|processed|delivered|sent|updated)|disrupt\w+|outage)\b").expect("pattern")
});
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static WHOM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(users?|customers?|clients?|people|everyone|everybody|visitors?|students?|players?|merchants?|callers?|tenants?|subscribers?|teams?|we're seeing|we are seeing|i'm seeing|seeing)\b").expect("pattern")
});
/// What followed from it for others: plans that slipped, work that stopped.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static FOLLOWED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(caus(ed|es|ing) .{2,40} to (slip|stop|fail|miss|wait|be)|had to (cancel|postpone|delay|close|stop)|(blocked|blocking|held up|delaying|postponed) .{2,30}|nothing (could|can) (be )?\w+)\b").expect("pattern")
});
/// Talk of the repair, or of how it got better.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static MENDING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(fixed|resolved|recover\w*|back (up|to normal)|no (more|longer)|working again|healthy|looking|checking|investigating|revert\w*|restart\w*|roll\w* back|let me|i'll|we'll|will provide|update by)\b|\?\s*$").expect("pattern")
});

/// The sentences of a line that tell a symptom, with the weight of the line.
fn told(line: &Line<'_>) -> Option<(String, f64)> {
    let posted = line.event.kind == EventKind::StatusUpdate;
    if !(line.is_human() || posted) || line.instructs || line.event.kind == EventKind::Hypothesis {
        return None;
    }
    let text = line.sentences(|sentence| {
        WORDS.contains(&sentence.split_whitespace().count())
            && (BROKEN.is_match(sentence) && WHOM.is_match(sentence)
                || BROKEN.is_match(sentence) && line.event.role == Some(Role::Detection)
                || FOLLOWED.is_match(sentence))
            && !MENDING.is_match(sentence)
    })?;
    let whom = if WHOM.is_match(&text) { 0.4 } else { 0.0 };
    let first = if line.event.role == Some(Role::Detection) || posted { 0.4 } else { 0.0 };
    Some((text, 0.2 + whom + first))
}

/// At most `count` symptoms from while it was broken, in time order; what others lost by it may be said later.
#[must_use]
pub fn symptoms<'r, 'a>(reading: &'r Reading<'a>, count: usize) -> Vec<(&'r Line<'a>, String)> {
    let back = reading.phase(Phase::Mitigated).or(reading.phase(Phase::Resolved));
    let score = |line: &Line<'_>| {
        let (text, weight) = told(line)?;
        let broken = back.is_none_or(|mark| line.event.at < mark.at);
        let begun = reading.during(line.event.at) || reading.after(line.event.at);
        (begun && (broken || FOLLOWED.is_match(&text))).then_some(weight)
    };
    reading
        .best(count, score)
        .into_iter()
        .filter_map(|line| told(line).map(|(text, _)| (line, text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_work_is_told_apart_from_the_repair() {
        for sentence in ["users get a blank page after login", "customers may experience errors with sign-in"]
        {
            assert!(BROKEN.is_match(sentence) && WHOM.is_match(sentence), "{sentence}");
            assert!(!MENDING.is_match(sentence), "{sentence}");
        }
        for sentence in ["users can log in, errors are no longer seen", "are users seeing errors?"] {
            assert!(MENDING.is_match(sentence), "{sentence}");
        }
        assert!(FOLLOWED.is_match("especially as this caused the code freeze to slip"));
    }
}
