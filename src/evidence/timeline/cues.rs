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
        r"\b(?:errors?|fail(?:s|ed|ing|ures?)?|50[0-9]s?|5xx|time(?:d|s)? ?outs?|unavailable|unreachable|(?:is|are|was|went|goes|going) down|not ?ready|oom\w*|out of memory|killed|crash\w*|back-?off|unhealthy|refused|exceptions?|panic\w*|reject\w*|invalid|emerg|fatal|exhausted|saturated|broken|stuck|outage|packet loss|reaches its|(?:crosses|above|over|exceed\w*) (?:the )?\S* ?(?:threshold|limit)|degraded|drops? to zero)\b",
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
static RELAPSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:no difference|(?:did|does)(?:n't| not) (?:help|work|fix|hold|change)|not (?:fixed|resolved|better|gone|helping)|(?:errors?|alerts?|issue|problem|50\ds?|5xx)(?:'s| is| are)? back(?: again)?(?:$|[.!,;:]| at| since| with)|(?:is|are|'s|'re) back again|came back|coming back (?:up|again)|still (?:fail\w*|down|broken|erroring|see(?:ing)?|happening|the same|getting|dying|crash\w*|5\d\d|stuck|timing)|(?:fail\w*|dying|down|crash\w*|oom\w*|erroring|stuck|dead|spiking|broken|die|died|alerting|firing) again|again (?:fail\w*|down|dead)|same (?:picture|errors?|problem|thing) (?:again|as before)|re-?occur\w*|relapse\w*|reappear\w*|resurfac\w*|not (?:quite )?out of the woods)\b",
    )
});

/// What a machine's line says; `None` when it says neither.
pub(super) fn state(text: &str) -> Option<State> {
    if SMALL_RATE.is_match(text) || GOOD.is_match(text) {
        return Some(State::Good);
    }
    BAD.is_match(text).then_some(State::Bad)
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
