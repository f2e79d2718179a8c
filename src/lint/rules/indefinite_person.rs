//! BLM016 "Somebody", "whoever", "someone from X": an unnamed culprit is still one.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Phrases, Rule, cause, lesson};
use crate::lint::subject::{self, Ground};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM016",
    name: "indefinite-person",
    family: "names-individual-as-cause",
    level: Severity::Warning,
    rationale: "\"Somebody\", \"whoever\", \"someone from X\": an unnamed culprit is still one.",
    question: "For how many people was this possible, and what made it possible?",
    bad: &[
        cause("Someone in finance edited the live sheet."),
        cause("Whoever signed off the import evidently did not open the file."),
    ],
    good: &[
        cause("The live sheet is editable for 41 accounts."),
        lesson("A reader reported it with screenshots and three example terms."),
    ],
    phrases: &[Phrases {
        patterns: &[
            "whoever designed|wrote|built|approved|signed|reviewed|set|was|did|merged|pushed|configured|decided|made|left|had",
            "the second floor|shift|other .. are the ones",
            "who on earth|the hell",
            "some genius|idiot|fool|clown|bright",
        ],
        ..Phrases::BLANK
    }],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    let (clause, ground) = subject::faulted(sentence, Kinds::of(&[AgentKind::Indefinite]))?;
    if clause.negated
        && matches!(ground, Ground::NotDone)
        && sentence.is_one_of(sentence.agents[clause.agent].start, &["everyone", "everybody"])
    {
        return None;
    }
    let (start, end) = subject::span(sentence, &clause);
    Some(Hit::new(start, end, format!("“{}”: an unnamed culprit is still one", sentence.slice(start, end))))
}
