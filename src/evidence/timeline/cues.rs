//! Words that tell trouble from recovery, and a relapse from a remark.

use std::sync::LazyLock;

use regex::Regex;

use crate::evidence::pattern;

/// What a line of a log, a reading or a message says about the state of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Bad,
    Good,
}

static BAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:errors?|fail(?:s|ed|ing|ures?)?|50[0-9]s?|5xx|time(?:d|s)? ?outs?|unavailable|unreachable|(?:is|are|was|went|goes|going) down|not ?ready|oom\w*|out of memory|killed|crash\w*|back-?off|unhealthy|refused|exceptions?|panic\w*|reject\w*|discard\w*|denied|dropp(?:ed|ing)|abort\w*|corrupt\w*|mismatch|overflow\w*|throttl\w*|429|invalid|emerg|fatal|exhausted|saturated|broken|stuck|outage|packet loss|reaches its|(?:crosses|above|over|exceed\w*) (?:the )?\S* ?(?:threshold|limit)|degraded|drops? to zero)\b",
    )
});
static GOOD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:back (?:to normal|online|up|under|below|to (?:the )?(?:usual|baseline))|recover(?:s|ed|ing|y)|errors? (?:stop|gone|are gone|cleared)|(?:are|is|all) gone|stops?|stopped|normal|baseline|below the|under the|stable|healthy|resolved|restored|all clear|works? again|reachable again|functional|green)\b",
    )
});
static SMALL_RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:error (?:rate|ratio|share)|errors|failures?|5xx|requests fail)\D{0,20}\b0[.,]\d+ ?%|\b0[.,]\d+ ?% of requests fail",
    )
});
static BETTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:works?|worked|working|(?:is|are) (?:here|through)|(?:is|are|it'?s|comes?|came|all) back|back (?:to|up|under|below|at|in|on|again|online)|(?:is|are|it'?s|comes?|came|stays?) up|up again|fixed|recover\w*|restored|resolved|reachable|mitigated|healthy|(?:errors?|latency|lag|queue|backlog|failures|load|rate|calls|tickets|chats|timeouts|p9\d|cpu|memory|5xx)\b.{0,24}\b(?:drop\w*|fall\w*|fell|down|gone|normal|recover\w*|zero|0)|down to|arriv\w*|drains?|drained|no (?:more|new|further) \w+|i'?m in|i am in|did the trick|helped|ready|everything (?:is )?\w+|all clear|complete|(?:difference|lag|backlog|errors?) (?:is |at )?0)\b|\b\d+ ?%? ?(?:→|->) ?\d+",
    )
});
/// Well-being that says nothing of a change.
static FINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:fine|good|ok(?:ay)?|over|done|finished|out|live|green|stable|clean|normal|gone|success\w*|closed|closing|flat|quiet|taken)\b",
    )
});
static SINCE_NOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:now|all|everyone|everybody|everything|since|for (?:me|us|an?|\d+)|\d+ ?(?:min\w*|h\w*|%|of)|i say|incident|it'?s over|over|closing|we can|on (?:all|both))\b",
    )
});
static STILL_BAD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:still|not|n'?t|again (?:fail\w*|down)|at \d+ ?%|half|only)\b"));
static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:incident|[a-z]{2,8}-\d+|case|ticket|bridge|this|it)\b.{0,24}\b(?:closed|resolved|is over)\b|\b(?:closing (?:this|the|it|now|here|incident|ticket)|resolving|calling it|all clear|stand(?:ing)? down|i say it'?s over)\b|^\W*(?:over|closed|closing|resolved|done)\b(?:[.!,]|$)|\bclosing\W*$",
    )
});
static CLOSES_AT_ONCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:(?:ok(?:ay)?|so|alright|right)\W+)?(?:closing|closed|resolved|resolving|all clear)(?: (?:this|it|the incident|now|here))?(?:[.!,;]|$)",
    )
});
static SYMPTOM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:not|n'?t|never) (?:\w+ )?(?:respond\w*|load\w*|work\w*|reach\w*|found|find\w*|able|start\w*|arriv\w*|come|open\w*|answer\w*|show\w*|there|print\w*|connect\w*|mov\w*)|can(?:'?t|not)|unable|not (?:good|right|ok|normal)|wrong|slow|miss(?:ing|es)|lost|lag\w*|latency|duplicate\w*|twice|stale|empty|blank|hang\w*|spinn\w*|delay\w*|expired|leak\w*|denied|no such|no (?:hits|results|answer|data|response|signal|connection)|(?:see|get|find|shows?|comes?|have) nothing|nothing (?:comes|arrives|shows|happens|in the)|where (?:is|are|'s) (?:my|the|our)|keeps? \w+ing|fail\w*|0 (?:hits|results|rows)|throws|frozen|dead|silent)\b",
    )
});
static RELAPSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:that |this )?made (?:it|things) worse\b|\b(?:no difference|(?:did|does)(?:n't| not) (?:help|work|fix|hold|change)|not (?:fixed|resolved|better|gone|helping)|(?:errors?|alerts?|issue|problem|50\ds?|5xx)(?:'s| is| are)? back(?: again)?(?:$|[.!,;:]| at| since| with)|(?:is|are|'s|'re) back again|(?:errors?|alerts?|issue|problem|trouble|it|that|they|timeouts?|5xx) (?:just |all |has |have )?came back|came back (?:again|after)|coming back (?:up|again)|still (?:no(?:t|thing)?\b|can(?:'?t|not)|do(?:es)?(?:n'?t| not)|fail\w*|down|broken|erroring|see(?:ing)?|happening|the same|getting|dying|crash\w*|5\d\d|stuck|timing)|(?:fail\w*|dying|down|crash\w*|oom\w*|erroring|stuck|dead|spiking|broken|die|died|alerting|firing) again|again (?:fail\w*|down|dead)|same (?:picture|errors?|problem|thing) (?:again|as before)|re-?occur\w*|relapse\w*|reappear\w*|resurfac\w*|not (?:quite )?out of the woods|no change|works? (?:only )?(?:1|one|half|every (?:second|other)|sometimes|for (?:some|half))\b)\b",
    )
});

/// What a public post says when the impact is over: it happened, it is not hoped for.
static IS_RESTORED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:has|have) (?:been )?(?:now )?(?:fully |mostly |largely )?(?:recovered|restored|resolved|mitigated|returned|stabili[sz]ed)|(?:is|are|was|were) (?:now |fully |again )*(?:restored|resolved|mitigated|operational|recovered|back)|operating normally|working (?:normally|as expected)|fix (?:has been|was|is) (?:implemented|applied|deployed|rolled out|in place)|recovering (?:quickly|fully)|no longer (?:see\w*|experienc\w*|observ\w*))\b",
    )
});

/// Whether a public post says that the impact is over.
pub(super) fn is_restored(text: &str) -> bool {
    IS_RESTORED.is_match(text)
}

/// What a machine's line says; `None` when it says neither.
pub(super) fn state(text: &str) -> Option<State> {
    if SMALL_RATE.is_match(text) || GOOD.is_match(text) {
        return Some(State::Good);
    }
    BAD.is_match(text).then_some(State::Bad)
}

/// Whether a line names what is well again; a role alone may be wrong.
pub(super) fn sounds_better(text: &str) -> bool {
    if is_small_rate(text) || CLOSED.is_match(text) {
        return true;
    }
    let better = BETTER.is_match(text) || FINE.is_match(text) && SINCE_NOW.is_match(text);
    better && (state(text) != Some(State::Bad) || BETTER.is_match(text) && !STILL_BAD.is_match(text))
}

/// Whether a line says that the incident or its ticket is closed.
pub(super) fn says_closed(text: &str) -> bool {
    CLOSED.is_match(text)
}

/// Whether a line begins by closing the incident, whatever follows.
pub(super) fn closes(text: &str) -> bool {
    CLOSES_AT_ONCE.is_match(text)
}

/// Whether a reading of errors or failures is next to nothing.
pub(super) fn is_small_rate(text: &str) -> bool {
    SMALL_RATE.is_match(text)
}

/// Whether a line names a symptom: something that does not do what it should.
pub(super) fn is_symptom(text: &str) -> bool {
    state(text) == Some(State::Bad) || SYMPTOM.is_match(text)
}

/// Somebody perceives trouble or asks whether others do.
static PERCEIVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:i'?m|i am|we'?re|we are|i|we|anyone|anybody|someone|somebody|users?|people|customers?|clients?|others?)(?: \w+){0,2} (?:see(?:s|ing)?|get(?:s|ting)|having|notic(?:es?|ing|ed)|experienc\w+|hitting|report\w*|complain\w*)\b.{0,60}\b(?:issues?|problems?|trouble|errors?|fail\w*|slow\w*|broken|timeouts?|weird\w*|strange|odd)|(?:having|seeing) (?:issues|problems|trouble)|something(?:'s| is)? (?:broken|wrong|off|up) (?:with|on|in|here)|there'?s something (?:broken|wrong|off)|(?:issues?|problems?|trouble) (?:with|access\w*|reach\w*|load\w*|connect\w*))\b",
    )
});

/// Whether somebody says that they or others see trouble, as a statement or as a question.
pub(super) fn perceives(text: &str) -> bool {
    PERCEIVES.is_match(text)
}

/// Whether a person says that it is not over after all.
pub(super) fn is_relapse(text: &str) -> bool {
    RELAPSE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::{State, is_relapse, state};

    #[test]
    fn readings_have_a_state() {
        assert_eq!(state("frontend error rate 17.4 %"), Some(State::Bad));
        assert_eq!(state("frontend error rate 0.2 %"), Some(State::Good));
        assert_eq!(state("nginx answers 503 on all routes"), Some(State::Bad));
        assert_eq!(state("503 errors stop, traffic is recovering"), Some(State::Good));
        assert_eq!(state("first pod reaches its 256Mi limit"), Some(State::Bad));
        assert_eq!(state("memory of the new pods at 78 % of limit"), None);
    }

    #[test]
    fn relapses_are_told_from_remarks() {
        for yes in [
            "Restarts make no difference",
            "the new ones die again",
            "errors are back",
            "still seeing 503s",
            "that didn't help",
        ] {
            assert!(is_relapse(yes), "{yes}");
        }
        for no in
            ["shop is back", "latency still raised while caches fill", "back to normal", "try again at 3pm"]
        {
            assert!(!is_relapse(no), "{no}");
        }
    }
}
