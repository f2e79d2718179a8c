//! BLM017 He, she or they as the subject of a faulted verb points back to a person.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Rule, cause};
use crate::lint::subject;

pub(super) static ENTRY: Rule = Rule {
    id: "BLM017",
    name: "pronoun-as-cause",
    family: "names-individual-as-cause",
    level: Severity::Warning,
    rationale: "He, she or they as the subject of a faulted verb points back to a person.",
    question: "Which step of which procedure was this, and what did it meet?",
    bad: &[cause("He then wiped the cache as well."), cause("They changed the file names behind our backs.")],
    good: &[
        cause("The second command in the runbook also cleared the cache."),
        cause("He/she forms in the Polish strings broke the screenshot diff."),
    ],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    let (clause, _) = subject::faulted(sentence, Kinds::of(&[AgentKind::Third]))?;
    let (start, end) = subject::span(sentence, &clause);
    let forms = sentence.text.contains("/she") || sentence.word(start) == "you";
    let message = format!("“{}”: the pronoun stands for a person as cause", sentence.slice(start, end));
    (!forms).then(|| Hit::new(start, end, message))
}
