//! BLM015 First person singular blame: honest, and still no cause.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Phrases, Rule, cause, summary};
use crate::lint::subject::{self, Ground};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM015",
    name: "self-blame",
    family: "names-individual-as-cause",
    level: Severity::Info,
    rationale: "First person singular blame: honest, and still no cause.",
    question: "What would have let anybody else make the same step?",
    bad: &[cause("My bad, I broke the parser."), summary("Sorry all, this one is on me.")],
    good: &[
        cause("The parser rejects empty arrays; no test covered that."),
        cause("I misread nothing: the page said \"saved\"."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "my bad",
            "mea culpa",
            "on me >",
            "i take full? responsibility|blame",
            "my own? fault|mistake|error|oversight|bad|wrong|stupidity|carelessness",
            "i feel|am stupid|dumb|an? idiot",
            "sorry all|everyone|everybody|folks|team|about",
            "i messed|screwed|goofed|botched up?",
            "we broke .. ourselves",
            "i blew it",
            "shame on me|us",
        ],
        level: Some(Severity::Warning),
        ..Phrases::BLANK
    }],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    let (clause, ground) = subject::faulted(sentence, Kinds::of(&[AgentKind::First]))?;
    let nothing = sentence.is_one_of(clause.verb + 1, &["nothing", "no"]);
    let planned = matches!(ground, Ground::Inadvertence);
    if nothing || planned {
        return None;
    }
    let (start, end) = subject::span(sentence, &clause);
    let alone = sentence.word(start) == "i";
    let message = format!("“{}”: blame in the first person is still blame", sentence.slice(start, end));
    // "We did not …" names an omission of the group, which misleads readers more than "I".
    let level = if alone && ground == Ground::Act { Severity::Info } else { Severity::Warning };
    Some(Hit::new(start, end, message).at_level(level))
}
