//! A guard on quotations: lines that judge a person are evidence, but never become part of the prose.

use std::sync::LazyLock;

use regex::Regex;

/// Blame, hindsight and sanctions in the words people use in chat. The linter judges documents; this guard only
/// decides what is not worth quoting, so it may be wide.
const JUDGEMENTS: &str = r"(?ix)
  \b( fault | blam\w+ | careless\w* | negligen\w+ | incompeten\w+ | stupid\w* | idiot\w* | dumb | sloppy | lazy | reckless\w*
    | clueless | moron\w* | useless | embarrass\w+ | unprofessional | irresponsib\w+ | amateur\w*
    | (be|more|been)\s+(more\s+)?careful | pay(ing)?\s+(more\s+)?attention | human\s+error | (user|operator|pilot|engineer|manual|admin)\s+error
    | should(\s*n[o']t|n't|'ve)?\s+have | (could|would)(\s+not|n't)?\s+have | if\s+only | ought\s+to\s+have
    | forgot\w* | neglect\w+ | oversight | fat[-\s]?finger\w* | my\s+bad | mea\s+culpa | sorry | apolog\w+
    | (messed|screwed|fucked|cocked)\s+(it\s+|this\s+|that\s+|everything\s+)*up | broke\s+(it|prod\w*|everything|the\s+(site|build))
    | took\s+(it|us|prod\w*|everything)\s+down | without\s+(checking|testing|looking|thinking|asking|reading|telling)
    | (did\s*n[o']t|didn't|never)\s+(bother|check|test|look|read|follow|think|ask|tell|verify)\w*
    | who\s+(did|pushed|merged|approved|broke|deployed|caused|wrote|was)\b | whose\s+(fault|idea|change)
    | (fire|sack|discipline|reprimand|punish|suspend|retrain)(d|ed|s|ing)?\s+(him|her|them|me|you|whoever|somebody|someone)
    | obviously | of\s+course | in\s+hindsight | in\s+retrospect | common\s+sense | should\s+know\s+better | knew\s+better
    | ignored\s+(the|our|my|all|every) | (caused|broken|deleted|dropped)\s+by\s+(me|you|him|her|them|us)\b | (he|she|they|you)\s+(broke|deleted|dropped|killed|ruined)
    )\b";

#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static PATTERN: LazyLock<Regex> = LazyLock::new(|| Regex::new(JUDGEMENTS).expect("pattern"));

/// The same for sentences that a model wrote: they speak of blame, apologies and questions as things that happened, and
/// the linter judges them as well.
const ACCUSATIONS: &str = r"(?ix)
  (?P<denied>\b(nobody|no\s+one|none|nothing|not|no)\b[^.;:]{0,24}?\s)?
  \b( fault | blame[ds]? | careless\w* | negligen\w+ | incompeten\w+ | stupid\w* | idiot\w* | dumb | sloppy | lazy | reckless\w*
    | clueless | moron\w* | useless | embarrass\w+ | unprofessional | irresponsib\w+ | amateur\w*
    | (be|more|been)\s+(more\s+)?careful | pay(ing)?\s+(more\s+)?attention | human\s+error | (user|operator|pilot|engineer|manual|admin)\s+error
    | should(\s*n[o']t|n't|'ve)?\s+have | (could|would)(\s+not|n't)?\s+have | if\s+only | ought\s+to\s+have
    | forgot\w* | neglect\w+ | oversight | fat[-\s]?finger\w* | my\s+bad | mea\s+culpa
    | (messed|screwed)\s+(it\s+|this\s+|that\s+|everything\s+)*up | broke\s+(it|prod\w*|everything|the\s+(site|build))
    | took\s+(it|us|prod\w*|everything)\s+down | without\s+(checking|testing|looking|thinking|asking|reading|telling)
    | (engineer|responder|commander|team|developer|operator|author|reviewer|he|she|they)\s+(did\s*n[o']t|didn't|never)\s+(bother|check|test|look|read|follow|think|ask|tell|verify)\w*
    | who\s+(did|pushed|merged|approved|broke|deployed|caused|wrote)\b | whose\s+fault
    | (fire|sack|discipline|reprimand|punish|suspend|retrain)(d|ed|s|ing)?\s+(him|her|them|me|you|whoever|somebody|someone)
    | obviously | of\s+course | in\s+hindsight | in\s+retrospect | common\s+sense | should\s+know\s+better | knew\s+better
    | ignored\s+(the|our|my|all|every) | (caused|broken|deleted|dropped)\s+by\s+(me|you|him|her|them|us)\b | (he|she|they|you)\s+(broke|deleted|dropped|killed|ruined)
    )\b";

#[expect(clippy::expect_used, reason = "a constant pattern, covered by the test of this file")]
static ACCUSING: LazyLock<Regex> = LazyLock::new(|| Regex::new(ACCUSATIONS).expect("pattern"));

/// Whether a sentence written for the draft puts fault, hindsight or a sanction on somebody.
#[must_use]
pub fn accuses(text: &str) -> bool {
    ACCUSING.captures_iter(text).any(|found| found.name("denied").is_none())
}

/// Whether a line puts fault, hindsight or a sanction on somebody.
#[must_use]
pub fn judges(text: &str) -> bool {
    PATTERN.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::{accuses, judges};

    #[test]
    fn what_a_sentence_tells_of_blame_accuses_nobody() {
        for line in [
            "The commander said that nobody was to blame for a gap in the pipeline.",
            "Nobody could have noticed.",
            "The alert did not tell which pods were concerned.",
            "A message asked who was taking care of the outage.",
            "An apology followed in the channel.",
        ] {
            assert!(!accuses(line), "{line}");
        }
        for line in [
            "It was the engineer's fault.",
            "A responder should have tested it.",
            "The team did not check it.",
        ] {
            assert!(accuses(line), "{line}");
        }
    }

    #[test]
    fn blame_is_caught_and_conditions_are_not() {
        for line in [
            "this is Kim's fault",
            "can he please be careful for once?",
            "nobody could have noticed",
            "who merged this?",
            "sorry for this morning",
        ] {
            assert!(judges(line), "{line}");
        }
        for line in [
            "The pipeline has no check of resource limits",
            "health check failed to respond",
            "restart did not help",
            "we need an alert",
        ] {
            assert!(!judges(line), "{line}");
        }
    }
}
