//! Statements of a condition that made the incident possible or longer, and the category they belong to.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, FactorCategory};
use crate::drafting::reading::{Line, Reading};
use crate::drafting::topic::Topic;

/// Cues of a condition with their weight.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static CUES: LazyLock<Vec<(f64, Regex)>> = LazyLock::new(|| {
    [
        (1.0, r"(?i)\b(there (is|was|are|were)|we have|we had|has|have|had)\s+no\b|^no\s+\w+|\bno\s+(alert|check|test|gate|step|limit|validation|monitoring|rollback|runbook|owner|canary|review|backoff|warning|dashboard|timeout|guard)\w*"),
        (0.9, r"(?i)\bnothing\s+(checks?|compares?|validates?|tests?|stops?|stopped|warns?|warned|was|is|looks?|in)\b|\bnobody\s+(owns|knows|knew|sees)\b"),
        (0.8, r"(?i)\b(does|did|do|is|was|are|were)\s*(n[o']t|not)\s+(\w+\s+)?(mention|check|cover|validate|include|alert|tested|documented|monitored|written|say|show|enforced|linked|owned|configured|run)\w*"),
        (0.8, r"(?i)\b(automatic(ally)?|by default|unbounded|shared (base|file|by|pool|config)|single point|hard.?coded|same (file|value|config|cluster))\b"),
        (0.7, r"(?i)\b(only|merely)\s+(shows?|checks?|covers?|says?|titles|syntax|the)\b|\b(titles?|syntax|schema) only\b"),
        (0.7, r"(?i)\b(made|makes|making)\s+(it|this|things|that)\s+(worse|harder|slower|longer|possible|easy)\b|\bwithout\s+(a\s+|any\s+)?(backoff|limit|validation|review|canary|alert|timeout|owner|staging|gate)\b"),
        (0.6, r"(?i)\b(missing|lacks?|absent|outdated|stale|undocumented|expired|too (low|high|small|short|long|coarse|late))\b"),
        (0.6, r"(?i)\b(caused by|due to|because|root cause|led to|leads to|the reason|triggered by|comes? from|came from|result of)\b"),
        (0.8, r"(?i)\b(is|are|was|were)(n[o']t|n't| not)\s+(in|on|part of|wired|subscribed|watched|known|alerted)\b|\bno\s+(probe|record|owner|second|spare|staging|quota|cap)\b|\bnobody\s+(on|in|at|from|is|told)\b"),
        (0.8, r"(?i)\b(only (if|when|https?|checks?|looks?|restarts?|covers?|watches)|looks? only|checks? only)\b|\b(doesn't|does not|don't|do not)\s+wait\b"),
        (0.7, r"(?i)\b(in one (step|go|click)|one click|auto-?(approv|merg|deploy)\w*|goes to|went to|has one member|own copy|pinned to|blocking|fails? closed|second approver|old list|since (20\d\d|january|february|march|april|june|july|august|september|october|november|december))\b"),
        (0.75, r"(?i)\b(exhaust(ed|ing|s)?|r[au]n(ning)? out of|race condition|deadlock\w*|leak(s|ed|ing|y)?|overload(ed|s|ing)?|saturated|starv(ed|ing|ation))\b"),
        (0.4, r"(?i)\b(too (much|many|few|little)|throttl\w+|(not|isn't|wasn't) enough|over (the |our |its )?(limit|quota|capacity))\b"),
        (0.8, r"(?i)\b(turns out|turned out|which is why|that('s| is) why|this is why)\b|\b(is|was|are|were|ended up) (never|still|again|already) (tested|run|running|pointing|set|using|on)\b|\bended up (running|using|with)\b"),
        (0.8, r"(?i)\b(typo|mistyped|misconfigur\w*|mislabel\w*|wrong (namespace|value|path|region|flag|key|name|file|config\w*|setting|version|port|host|cluster|environment|order|default)s?)\b"),
        (0.7, r"(?i)\b(undid|overwr[oi]t\w+|clobbered|re-?applied|put (it|them) back|reverted (by|back)|reset (it|them) to)\b|\ban? (old|older|stale|second|previous) [\w-]+ (ran|run|runs|ended|was|kept|came)\b"),
        (0.4, r"(?i)\b(passes before|counted as|treated as|meant for|bypass\w*|skip\w*|allowed|can be)\b"),
    ]
    .into_iter()
    .map(|(weight, pattern)| (weight, Regex::new(pattern).expect("pattern")))
    .collect()
});

/// Words that only make sense while the incident runs: status reports, orders, guesses.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static PASSING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(i|saw|took|made|went|gave|escalating)\b|\bi did(n't| not)\b|\b(looking|checking|on it|joined|thanks|thank you|resolved|i'm|i am|i'll|i will|let me|please|maybe|perhaps|could be|might be|ruled out|rule .{0,20} out|anybody|anyone|lunch|coffee|looks like|seems)\b|\?\s*$").expect("pattern")
});

/// A condition in fewer words is a remark.
const FEWEST_WORDS: usize = 5;
/// Parentheses, answers and greetings hang on the line before them.
#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static FRAGMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(\(|right\b|yes\b|yeah\b|no\b[,.]|ok(ay)?\b|true\b|because\b|which\b|(so )?(what|why|how|who)\b|at least\b|that one\b|it'?s just\b)|^\(|:\w+:|\bstress\b").expect("pattern")
});

/// Keywords of each category, more telling ones first; the order of categories breaks ties.
const CATEGORIES: &[(FactorCategory, &str)] = &[
    (
        FactorCategory::Documentation,
        r"(?i)\b(runbooks?|playbooks?|docs?|documentation|documented|undocumented|wiki|readme|written down|handbook|manual page|guide|instructions)\b",
    ),
    (
        FactorCategory::Management,
        r"(?i)\b(prioriti\w+|deadlines?|headcount|budget|roadmap|ownership|no owner|owns|governance|capacity planning|staffing|reorgani\w+|backlog|policy|freeze)\b",
    ),
    (
        FactorCategory::People,
        r"(?i)\b(second week|first week|new (on|to) (the|this)|onboarding|training|trained|experience|alone|tired|night shift|handover|handoff|one person|bus factor|on holiday|on vacation|knew about|did not know|didn't know)\b",
    ),
    (
        FactorCategory::Environment,
        r"(?i)\b(peak|traffic|black friday|season\w*|weekend|region|zone|data ?cent(er|re)|provider|vendor|third.party|upstream network|dns provider|holiday load|load spike|weather|power)\b",
    ),
    (
        FactorCategory::Process,
        r"(?i)\b(pipeline|ci|cd|review\w*|approv\w+|tests?|tested|staging|canary|gates?|checklists?|release|rollout|process|procedures?|pull request|pr|merge\w*|template|sync\w*|promotion|change management|title)\b",
    ),
    (
        FactorCategory::Technology,
        r"(?i)\b(memory|limits?|retr(y|ies)|backoff|timeouts?|alerts?|alerting|monitoring|probe|cache|database|index|queue|pool|config\w*|rollback|thresholds?|metrics?|default|library|version|certificate|disk|cpu|regex)\b",
    ),
];

#[expect(clippy::expect_used, reason = "constant patterns, covered by the test of this file")]
static PATTERNS: LazyLock<Vec<(FactorCategory, Regex)>> = LazyLock::new(|| {
    CATEGORIES.iter().map(|(category, pattern)| (*category, Regex::new(pattern).expect("pattern"))).collect()
});

/// How much a sentence sounds like a condition; 0 for none.
#[must_use]
pub fn weight(sentence: &str) -> f64 {
    let cues: f64 =
        CUES.iter().filter(|(_, pattern)| pattern.is_match(sentence)).map(|(weight, _)| weight).sum();
    let passing = if PASSING.is_match(sentence) { 0.7 } else { 0.0 };
    (cues - passing).max(0.0)
}

/// The category of a condition: most keywords win, the first one counts double, the order above breaks ties.
#[must_use]
pub fn category(text: &str) -> FactorCategory {
    let first =
        PATTERNS.iter().filter_map(|(_, pattern)| pattern.find(text)).map(|found| found.start()).min();
    let mut best = (FactorCategory::Technology, 0);
    for (category, pattern) in PATTERNS.iter() {
        // A named document, step or shift tells more than the technical words around it.
        let weight = if *category == FactorCategory::Technology { 2 } else { 3 };
        let leads = pattern.find(text).map(|found| found.start()) == first;
        let hits = pattern.find_iter(text).count() * weight + if leads { weight } else { 0 };
        if hits > best.1 && pattern.is_match(text) {
            best = (*category, hits);
        }
    }
    best.0
}

/// Whether a sentence hangs on what was said before it, so that it says nothing when quoted alone.
#[must_use]
pub fn is_fragment(sentence: &str) -> bool {
    FRAGMENT.is_match(sentence)
}

/// The sentences of a line that state a condition, with their joint weight. `over`: whether it was said after the end,
/// when people speak of causes; before that a sentence has to stand by itself.
#[must_use]
pub fn stated(line: &Line<'_>, over: bool) -> Option<(String, f64)> {
    let chat = line.is_human()
        && line.event.kind != EventKind::Hypothesis
        && line.event.kind != EventKind::StatusUpdate;
    if !chat || matches!(line.topic, Some(Topic::WentWell | Topic::Actions | Topic::Impact | Topic::Lessons))
    {
        return None;
    }
    let asked = line.topic == Some(Topic::Factors);
    let floor = match (asked, over) {
        (true, _) => 0.35,
        (false, true) => 0.65,
        (false, false) => 0.75,
    };
    let stands_alone = |sentence: &str| {
        asked || sentence.split_whitespace().count() >= FEWEST_WORDS && !FRAGMENT.is_match(sentence)
    };
    let text = line.sentences(|sentence| weight(sentence) >= floor && stands_alone(sentence))?;
    let bonus = match (asked, over) {
        (true, _) => 1.0,
        (false, true) => 0.6,
        (false, false) => 0.0,
    };
    Some((text.clone(), weight(&text).min(2.0) + bonus))
}

/// At most `count` conditions of the incident, in time order.
#[must_use]
pub fn best<'r, 'a>(reading: &'r Reading<'a>, count: usize) -> Vec<(&'r Line<'a>, String)> {
    let relevant = |line: &Line<'_>| {
        let near = reading.during(line.event.at) || reading.after(line.event.at);
        near.then(|| stated(line, reading.over(line.event.at)).map(|(_, weight)| weight)).flatten()
    };
    reading
        .best(count, relevant)
        .into_iter()
        .filter_map(|line| stated(line, reading.over(line.event.at)).map(|(text, _)| (line, text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_outweigh_passing_remarks_and_find_their_category() {
        for (sentence, expected) in [
            ("The pipeline has no check of resource limits at all.", FactorCategory::Process),
            ("No alert on memory below 90 % of the limit.", FactorCategory::Technology),
            ("The runbook checkout-errors has no step for OOM kills", FactorCategory::Documentation),
            (
                "our own retries in payments made it worse, three tries without backoff",
                FactorCategory::Technology,
            ),
            (
                "There was no freeze although it was peak traffic on the last weekend",
                FactorCategory::Environment,
            ),
        ] {
            assert!(weight(sentence) >= 0.6, "{sentence}");
            assert_eq!(category(sentence), expected, "{sentence}");
        }
        for sentence in [
            "Restarting the affected pods now",
            "could be the CDN, checking",
            "nice work everybody",
            "I'll have no time tomorrow, please?",
        ] {
            assert!(weight(sentence) < 0.5, "{sentence}");
        }
    }
}
