//! JDG001 Adjectives of character (care, effort, duty, courage) about a person or an act.

use crate::domain::Severity;
use crate::lint::blamed;
use crate::lint::language::{AgentKind, Sentence};
use crate::lint::rule::{Phrases, Rule, cause, timeline};
use crate::lint::section::Sections;

const ACCOUNT: Sections = Sections::ALL.without(Sections::ACTIONS);

const PATTERNS: &[&str] = &[
    "%fault_adjective",
    "carelessly|negligently|recklessly|irresponsibly|sloppily|stupidly|foolishly|thoughtlessly|lazily|rashly|incompetently|amateurishly|blindly|hastily",
    "carelessness|negligence|recklessness|incompetence|laziness|sloppiness|stupidity|arrogance|complacency|ignorance|irresponsibility|amateurism|unprofessionalism|dilettantism|indifference|cowardice|dishonesty|gullibility",
    "laziest|sloppiest|worst|dumbest|stupidest kind|sort|order|way|possible",
    "ounce|shred|grain|trace|modicum of common|care|sense|thought|discipline|decency",
    "muddled|shambolic|chaotic|clueless from start|beginning|top",
    "grossly|criminally|wilfully negligent|careless|irresponsible",
    "idiot|idiots|fool|fools|moron|clown|clowns|cowboy|cowboys|amateur|amateurs|dilettante|muppet|muppets|genius|geniuses|hero|heroes|imbecile|slacker|slackers|jerk|jerks",
];

/// The same words said of things.
const OTHER_SENSES: &[&str] = &[
    "sloppy quorum|phrase",
    "lazy loading|load|evaluation|init|initialisation|initialization|loaded|loader|matcher|regex|quantifier",
    "greedy",
    "stupid backoff",
    "slack channel|space|time|message|thread|export|bytes",
    "dumb pipe|terminal|switch",
    "ignorant of",
    "amateur radio",
    "naive bayes|datetime|datetimes|timestamp|timestamps|time",
    "indifferent to",
    "hero image|images",
    "useless|worthless use",
    "slack .. channel|message|notification",
    "careless reader",
    "cowboy , an?",
    "named cowboy",
    "unreliable network|link|connection|delivery|transport|channel",
    "awful|terrible|poor performance",
    "unacceptable latency|latencies|load|delay",
    "hopeless case",
    "rushed hour",
    "complacency .. alert",
];

pub(super) static ENTRY: Rule = Rule {
    id: "JDG001",
    name: "character-adjective",
    family: "judgement",
    level: Severity::Error,
    rationale: "Adjectives of character (care, effort, duty, courage) about a person or an act.",
    question: "What made this act look reasonable at that moment?",
    bad: &[
        cause("A reckless upgrade."),
        cause("The decision to skip the soak period was irresponsible."),
        timeline("04:52 UTC the vendor hotline was clueless"),
    ],
    good: &[
        cause("An upgrade during peak load; the change calendar does not show load."),
        cause("Sloppy quorum is enabled on the session store, so writes went to a hinted node."),
        cause("The greedy matcher consumed the closing quote."),
    ],
    phrases: &[
        Phrases {
            sections: ACCOUNT,
            patterns: PATTERNS,
            unless: OTHER_SENSES,
            guard: Some(is_about_people),
            level: Some(Severity::Warning),
            ..Phrases::BLANK
        },
        Phrases {
            sections: ACCOUNT,
            patterns: PATTERNS,
            unless: OTHER_SENSES,
            guard: Some(is_near_people),
            ..Phrases::BLANK
        },
    ],
    ..Rule::BLANK
};

/// Judgement of code, hardware or text with no person near is no blame.
fn is_about_people(sentence: &Sentence, start: usize, end: usize) -> bool {
    blamed::is_about_people(sentence, start, end)
}

/// Nearly sure only with somebody in the sentence whose character it can be.
fn is_near_people(sentence: &Sentence, start: usize, end: usize) -> bool {
    let somebody = sentence.agents.iter().any(|agent| agent.kind != AgentKind::First)
        || blamed::has_human_word(sentence, start, end);
    somebody && is_about_people(sentence, start, end)
}
