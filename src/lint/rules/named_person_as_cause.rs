//! BLM001 A person's name as the agent of a harmful or faulted verb ends the analysis at the person.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Rule, cause, timeline};
use crate::lint::subject::{self, Ground};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM001",
    name: "named-person-as-cause",
    family: "names-individual-as-cause",
    level: Severity::Error,
    rationale: "A person's name as the agent of a harmful or faulted verb ends the analysis at the person.",
    question: "What did the screen, the tool or the procedure show at that moment, and what let the action take effect?",
    bad: &[
        cause("Erik opened the firewall to the whole internet.").naming(&["Erik"]),
        cause("Oyelaran pushed the schema change straight to main and that is what took the ledger down.")
            .naming(&["Oyelaran"]),
        timeline("02:14 Z Dagny restarts the wrong primary.").naming(&["Dagny"]),
    ],
    good: &[
        cause("The firewall module applied `any` when the source list was empty."),
        timeline("11:20 UTC Zsófia reverts the flag; error rate falls to 0.2% by 11:23.").naming(&["Zsófia"]),
        cause("Chef overwrote the local change at the next run."),
    ],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    let (clause, ground) = subject::faulted(sentence, Kinds::of(&[AgentKind::Name, AgentKind::Handle]))?;
    if matches!(ground, Ground::Omission | Ground::NotDone) {
        return None; // BLM011
    }
    let (start, end) = subject::span(sentence, &clause);
    let message =
        format!("“{}”: a person stands where a condition of the system belongs", sentence.slice(start, end));
    let mut hit = Hit::new(start, end, message);
    hit.level = subject::level(sentence, &clause, ground);
    Some(hit)
}
