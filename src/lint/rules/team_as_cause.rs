//! BLM003 Blame of a team is still blame and stops the search for conditions.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Rule, cause, timeline};
use crate::lint::subject::{self, Ground};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM003",
    name: "team-as-cause",
    family: "names-individual-as-cause",
    level: Severity::Error,
    rationale: "Blame of a team is still blame and stops the search for conditions.",
    question: "Which hand-over, tool or limit made this the expected result of the team's work?",
    bad: &[
        cause("Mobile shipped a crashing build to everybody."),
        cause("The database squad merged the migration without telling anyone."),
    ],
    good: &[
        cause("Build 88 crashed at start; the rollout had no staged step."),
        timeline("14:40 UTC The network team opens a bridge."),
        cause("The finance team gave 34,000 USD as an estimate."),
    ],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    let (clause, ground) = subject::faulted(sentence, Kinds::of(&[AgentKind::Team]))?;
    if matches!(ground, Ground::Omission | Ground::NotDone) {
        return None; // BLM011
    }
    let (start, end) = subject::span(sentence, &clause);
    let message =
        format!("“{}”: a team stands where a condition of the system belongs", sentence.slice(start, end));
    let mut hit = Hit::new(start, end, message);
    hit.level = subject::level(sentence, &clause, ground);
    Some(hit)
}
