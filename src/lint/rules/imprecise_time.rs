//! TIM004 Approximate times cannot be compared with the evidence.

use crate::domain::Severity;
use crate::lint::language::{Kind, Sentence};
use crate::lint::rule::{Phrases, Rule, timeline};
use crate::lint::section::Sections;

pub(super) static ENTRY: Rule = Rule {
    id: "TIM004",
    name: "imprecise-time",
    family: "time-imprecise",
    level: Severity::Info,
    rationale: "Approximate times cannot be compared with the evidence.",
    question: "What does the access log, the alert or the chat say?",
    bad: &[timeline("some time after lunch the queue grew")],
    good: &[timeline("13:05-13:20 UTC the queue grew (from the access log)")],
    phrases: &[Phrases {
        sections: Sections::TIMELINE,
        patterns: &[
            "some|around|about|shortly|roughly|approximately|circa|sometime time|after|before|around|noon|midday|midnight|lunch|#",
            "around|about|approx|approximately|roughly|ca|circa|~ #",
            "after|before|around|during lunch|breakfast|dinner|the? meeting|stand-up|standup",
            "later|earlier that|in the|on day|morning|afternoon|evening|night|day",
            "a few|couple|some of? minutes|hours|moments later|after|earlier|before",
            "< early|late|mid|this|that morning|afternoon|evening|night",
            "< shortly|soon|later|eventually|afterwards|meanwhile",
        ],
        guard: Some(is_a_time),
        ..Phrases::BLANK
    }],
    ..Rule::BLANK
};

/// "about 400 requests" is a count, "about 22:10" a time.
fn is_a_time(sentence: &Sentence, start: usize, end: usize) -> bool {
    let number = (start..end).find(|&i| sentence.tokens[i].kind == Kind::Number);
    let opens = start <= sentence.lead || start <= 1;
    number.map_or(opens || start < sentence.lead + 3, |at| sentence.word(at).contains(':'))
}
