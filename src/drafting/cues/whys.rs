//! Why-chains in branches: which cited lines answer which question.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::condition;
use crate::domain::{ClaimKind, EventId, EventKind, Phase, Role, SourceClass};
use crate::drafting::reading::{Line, Reading};
use crate::text::technical_tokens;

/// The branches, in the order of an incident: it begins, it goes unseen, it lasts, it spreads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Branch {
    Begin,
    Unseen,
    Lasting,
    Spread,
}

impl Branch {
    pub const ALL: [Self; 4] = [Self::Begin, Self::Unseen, Self::Lasting, Self::Spread];

    #[must_use]
    pub fn question(self) -> &'static str {
        match self {
            Self::Begin => "Why did the service stop working?",
            Self::Unseen => "Why was the condition not visible earlier?",
            Self::Lasting => "Why did recovery take the time it took?",
            Self::Spread => "Why was the effect as large as it was?",
        }
    }
}

/// One answer of a chain.
#[derive(Clone, Debug)]
pub struct Answer {
    pub text: String,
    pub kind: ClaimKind,
    pub evidence: Vec<EventId>,
    /// The words are the tool's own around a quotation, not a quotation as a whole.
    pub lead: &'static str,
}

/// Answers of one branch; more is no longer a chain.
const DEPTH: usize = 6;

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static ROUTES: LazyLock<Vec<(Branch, Regex)>> = LazyLock::new(|| {
    [
        (Branch::Spread, r"(?i)\b(worse|retr(y|ies)|cascad\w+|spread|all (regions|pods|services|zones)|shared (pool|cluster|database)|amplif\w+|thundering|backoff)\b"),
        (Branch::Unseen, r"(?i)\b(alerts?|alerting|alarm|monitor\w*|metrics?|dashboards?|threshold|visible|notice\w*|seen|page[dr]?)\b"),
        (Branch::Lasting, r"(?i)\b(runbooks?|playbooks?|rollback|roll back|revert|restart\w*|escalat\w+|access|list shows|tool\w*|on-?call|second line|find out|by hand|manual\w*)\b"),
        (Branch::Begin, r"(?i)\b(pipeline|ci|check\w*|review|staging|production|prod|test\w*|gate|canary|limits?|config\w*|deploy\w*|sync\w*|merge\w*|change\w*|version|file|base|title|certificate|quota|default\w*)\b"),
    ]
    .into_iter()
    .map(|(branch, pattern)| (branch, Regex::new(pattern).expect("pattern")))
    .collect()
});

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static MECHANISM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(oom ?killed|out of memory|exit(ed)?( with)?( code)?[ =:]\d+|reason=|crash\w*|back-?off|panic|exception|timed? ?out|timeout|refused|exhausted|\bfull\b|expired|corrupt\w*|no healthy|invalid|not found|denied|throttl\w+|deadlock|5\d\d\b|unreachable|failed to)").expect("pattern")
});

/// The answers of one branch.
#[must_use]
pub fn chain(reading: &Reading<'_>, branch: Branch) -> Vec<Answer> {
    let mut answers = Vec::new();
    if branch == Branch::Begin {
        answers.extend(mechanism(reading));
        answers.extend(changed(reading));
        answers.extend(taken_back(reading));
        for answer in asserted(reading) {
            if answers.iter().all(|known: &Answer| known.evidence != answer.evidence) {
                answers.push(answer);
            }
        }
        // Without a settled cause the guesses of those who looked are the best that there is.
        let reverted = reading.trigger().is_some_and(|trigger| trigger.reverted_by.is_some());
        if !reverted && !answers.iter().any(|answer| SETTLES.is_match(&answer.text)) {
            answers.extend(guessed(reading, if answers.is_empty() { 2 } else { 1 }));
        }
        answers.extend(mended(reading, &answers));
    }
    for (line, text) in condition::best(reading, 12) {
        let routed = ROUTES.iter().find(|(_, pattern)| pattern.is_match(&text)).map(|(branch, _)| *branch);
        let used = answers.iter().any(|answer: &Answer| answer.evidence.contains(&line.event.id));
        if routed == Some(branch) && !used {
            answers.push(Answer { text, kind: ClaimKind::Fact, evidence: vec![line.event.id], lead: "" });
        }
    }
    answers.truncate(DEPTH);
    answers
}

/// What the machines say went wrong: the most central record of a failure while the incident was open.
fn mechanism(reading: &Reading<'_>) -> Option<Answer> {
    let score = |line: &Line<'_>| {
        let machine = line.event.class == SourceClass::Automated
            || line.event.kind == EventKind::Log
            || line.event.kind == EventKind::Observation;
        let open = reading.during(line.event.at);
        let well = matches!(line.event.role, Some(Role::Mitigation | Role::Resolution | Role::Noise));
        (machine && open && !well && MECHANISM.is_match(&line.prose))
            .then_some(if line.event.class == SourceClass::Automated { 1.0 } else { 0.6 })
    };
    let line = reading.best(1, score).into_iter().next()?;
    let text = line.sentences(|sentence| MECHANISM.is_match(sentence))?;
    Some(Answer { text, kind: ClaimKind::Fact, evidence: vec![line.event.id], lead: "The records show " })
}

/// The likeliest change before it, as a candidate.
fn changed(reading: &Reading<'_>) -> Option<Answer> {
    let trigger = reading.trigger()?;
    let line = reading.line(trigger.event)?;
    Some(Answer {
        text: line.prose.clone(),
        kind: ClaimKind::Hypothesis,
        evidence: vec![trigger.event],
        lead: "A change came shortly before, a candidate for the trigger: ",
    })
}

/// The change that took it back.
fn taken_back(reading: &Reading<'_>) -> Option<Answer> {
    let line = reading.line(reading.trigger()?.reverted_by?)?;
    Some(Answer {
        text: line.prose.clone(),
        kind: ClaimKind::Fact,
        evidence: vec![line.event.id],
        lead: "It was taken back: ",
    })
}

/// The last settled statement of the cause: later ones know more.
#[must_use]
pub fn settled(reading: &Reading<'_>) -> Option<Answer> {
    asserted(reading).into_iter().rfind(|answer| SETTLES.is_match(&answer.text))
}

/// What people found and said: while it was open, or in the hours after, when they look for the cause.
fn asserted(reading: &Reading<'_>) -> Vec<Answer> {
    let strength = |line: &Line<'_>, sentence: &str| {
        let asks = sentence.ends_with('?');
        let says = sentence.split_whitespace().count() >= 5 && !condition::is_fragment(sentence);
        let strength = if SETTLES.is_match(sentence) {
            0.3
        } else if ASSERTS.is_match(sentence) {
            0.0
        } else {
            return None;
        };
        (says && !asks && !DENIES.is_match(sentence) && line.is_human() && !line.judges).then_some(strength)
    };
    let score = |line: &Line<'_>| {
        let told =
            matches!(line.event.role, Some(Role::Diagnosis | Role::Action | Role::Communication) | None);
        if line.event.kind == EventKind::Hypothesis {
            return None;
        }
        let settled = line.parts.iter().filter_map(|sentence| strength(line, sentence)).reduce(f64::max)?;
        match (reading.during(line.event.at), reading.over(line.event.at)) {
            (true, _) if told || settled > 0.0 => Some(settled + if line.event.key { 0.7 } else { 0.4 }),
            (_, true) if line.topic.is_none() && settled > 0.0 => Some(0.6),
            _ => None,
        }
    };
    let lines = reading.best(3, score);
    lines
        .into_iter()
        .filter_map(|line| {
            let text = line.sentences(|sentence| strength(line, sentence).is_some())?;
            let lead = if reading.over(line.event.at) {
                "Somebody reported "
            } else {
                "During the response somebody reported "
            };
            Some(Answer { text, kind: ClaimKind::Fact, evidence: vec![line.event.id], lead })
        })
        .collect()
}

#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static ASSERTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(found( it)?|the (problem|issue) (is|was)|cause is|due to|because|which is why|were changed|was changed|wrong|verified|confirmed|expired|does not exist|instead of|had also|rate limit\w*|out of memory|it looks like .{3,40} (are|is|was|were|ended)|looked at|broke|as a result of|leads? to|led to|ran out of|exhaust\w+|too (many|much|few|little|small|low|old|long))\b").expect("pattern")
});

/// What settles the cause even when it is said after the end.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static SETTLES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(found it|typo|turns out|root[- ]caus\w+|verified|upon investigation|it was the|caused (by|the|this|it|these|all|our)|which (caused|explains|means that)|that (explains|is why)|that's why|culprit|traced( it)? (back )?to|(boils|comes?|came) (down|back) to|triggered by|the reason|(is|was|are|were) actually)\b").expect("pattern")
});

/// What turned out not to be the cause.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static DENIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(not|n[o']t|never|isn't|wasn't|rul(e|ed|ing) out)\b.{0,30}\b(cause[ds]?|causing|culprit|because|due to|the (problem|issue|reason))\b|\bno idea\b|\bif\b.{0,60}\b(then|would|could)\b").expect("pattern")
});

/// What people suspected, when nobody settled it.
fn guessed(reading: &Reading<'_>, count: usize) -> Vec<Answer> {
    let score = |line: &Line<'_>| {
        let guess = line.is_human() && line.event.kind == EventKind::Hypothesis && line.event.key;
        (guess && reading.during(line.event.at)).then_some(1.0)
    };
    let lines = reading.best(count, score);
    let answer = |line: &Line<'_>| {
        let text =
            line.sentences(|sentence| sentence.split_whitespace().count() >= 5 && !sentence.ends_with('?'))?;
        let evidence = vec![line.event.id];
        Some(Answer { text, kind: ClaimKind::Hypothesis, evidence, lead: "A responder (hypothesis): " })
    };
    lines.into_iter().filter_map(answer).collect()
}

/// A change merged after the detection that speaks of what was found.
fn mended(reading: &Reading<'_>, answers: &[Answer]) -> Option<Answer> {
    let found: BTreeSet<String> = answers
        .iter()
        .filter(|answer| answer.lead.ends_with("reported "))
        .flat_map(|answer| technical_tokens(&answer.text))
        .filter(|term| term.len() >= 3)
        .collect();
    let detected = reading.phase(Phase::Detected)?.at;
    let used = |line: &Line<'_>| answers.iter().any(|answer| answer.evidence.contains(&line.event.id));
    let line = reading.lines.iter().find(|line| {
        let terms: BTreeSet<String> = technical_tokens(&line.prose).into_iter().collect();
        line.event.kind == EventKind::ChangeMerged
            && line.event.at > detected
            && !used(line)
            && terms.intersection(&found).count() >= 2
    })?;
    Some(Answer {
        text: line.prose.clone(),
        kind: ClaimKind::Hypothesis,
        evidence: vec![line.event.id],
        lead: "A change merged later: ",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::testing::{checkout_incident, read};

    #[test]
    fn each_branch_is_answered_by_its_own_lines() {
        let timeline = checkout_incident();
        read(&timeline, |reading| {
            let text = |branch| {
                chain(reading, branch).into_iter().map(|answer| answer.text).collect::<Vec<_>>().join(" | ")
            };
            assert!(
                text(Branch::Begin).contains("OOMKilled") && text(Branch::Begin).contains("pipeline"),
                "{}",
                text(Branch::Begin)
            );
            assert!(text(Branch::Unseen).contains("No alert on memory"), "{}", text(Branch::Unseen));
            assert!(text(Branch::Lasting).contains("runbook"), "{}", text(Branch::Lasting));
            assert!(text(Branch::Spread).contains("retries"), "{}", text(Branch::Spread));
        });
    }
}
