//! Why-chains in branches: which cited lines answer which question.

use std::sync::LazyLock;

use regex::Regex;

use super::condition;
use crate::domain::{ClaimKind, EventId, EventKind, Phase, SourceClass};
use crate::drafting::reading::{Line, Reading};

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
const DEPTH: usize = 5;

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
    Regex::new(r"(?i)(oom ?killed|out of memory|exit(ed)?( with)?( code)?[ =:]\d+|reason=|crash\w*|back-?off|panic|exception|timed? ?out|timeout|refused|exhausted|full|expired|corrupt\w*|no healthy|invalid|not found|denied|throttl\w+|deadlock|5\d\d\b|unreachable|failed to)").expect("pattern")
});

/// The answers of one branch.
#[must_use]
pub fn chain(reading: &Reading<'_>, branch: Branch) -> Vec<Answer> {
    let mut answers = Vec::new();
    if branch == Branch::Begin {
        answers.extend(mechanism(reading));
        answers.extend(changed(reading));
        answers.extend(asserted(reading));
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
        (machine && open && MECHANISM.is_match(&line.prose))
            .then_some(if line.event.class == SourceClass::Automated { 1.0 } else { 0.6 })
    };
    let line = reading.best(1, score).into_iter().next()?;
    let text = line.sentences(|sentence| MECHANISM.is_match(sentence))?;
    Some(Answer { text, kind: ClaimKind::Fact, evidence: vec![line.event.id], lead: "The records show " })
}

/// The likeliest change before it, as a candidate.
fn changed(reading: &Reading<'_>) -> Option<Answer> {
    let trigger = reading.timeline.triggers.first()?;
    let line = reading.line(trigger.event)?;
    Some(Answer {
        text: line.prose.clone(),
        kind: ClaimKind::Hypothesis,
        evidence: vec![trigger.event],
        lead: "A change came shortly before, a candidate for the trigger: ",
    })
}

/// What somebody found and said while it was open.
fn asserted(reading: &Reading<'_>) -> Option<Answer> {
    let found = Regex::new(r"(?i)\b(found|looked at|turns out|the problem is|cause is|caused by|due to|because|were changed|was changed|wrong|bad)\b").ok()?;
    let limit = reading.phase(Phase::Mitigated).or(reading.phase(Phase::Resolved)).map(|mark| mark.at);
    let score = |line: &Line<'_>| {
        let human = line.is_human() && line.event.kind != EventKind::Hypothesis && !line.judges;
        let open = reading.during(line.event.at) && limit.is_none_or(|limit| line.event.at <= limit);
        (human && open && found.is_match(&line.prose) && !line.prose.ends_with('?')).then_some(1.0)
    };
    let line = reading.best(1, score).into_iter().next()?;
    let text = line.sentences(|sentence| found.is_match(sentence))?;
    Some(Answer {
        text,
        kind: ClaimKind::Fact,
        evidence: vec![line.event.id],
        lead: "During the response somebody reported ",
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
