//! BLM012 Adverbs of inadvertence with a human subject tell how it felt, not what allowed it.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Phrases, Rule, cause};
use crate::lint::subject::{self, Ground};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM012",
    name: "inadvertence-by-person",
    family: "names-individual-as-cause",
    level: Severity::Warning,
    rationale: "Adverbs of inadvertence with a human subject tell how it felt, not what allowed it.",
    question: "What made the two actions look alike, and what would have asked for confirmation?",
    bad: &[
        cause("I accidentally closed the wrong tab and with it the session."),
        cause("The engineer mistakenly ran the script on the live host."),
    ],
    good: &[
        cause("Closing the tab ends the session without a warning."),
        cause("The shard was inadvertently detached."),
        cause("The ticket bot wrongly closed 14 incidents as duplicates."),
    ],
    phrases: &[Phrases {
        patterns: &["@nhrtifp %change by mistake|accident", "@nhrtifp .. by mistake|accident"],
        ..Phrases::BLANK
    }],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    use AgentKind::{First, Handle, Indefinite, Name, Role, Team, Third, Vendor};
    let kinds = Kinds::of(&[Name, Handle, Role, Team, Vendor, Indefinite, First, Third]);
    let (clause, ground) = subject::faulted(sentence, kinds)?;
    let (start, end) = subject::span(sentence, &clause);
    let message = format!("“{}”: a person with a word of inadvertence", sentence.slice(start, end));
    (ground == Ground::Inadvertence).then(|| Hit::new(start, end, message))
}
