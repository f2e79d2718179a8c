//! BLM011 Verbs of omission with a human subject make the missing guard invisible.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Rule, cause};
use crate::lint::subject::{self, Ground};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM011",
    name: "omission-by-person",
    family: "names-individual-as-cause",
    level: Severity::Error,
    rationale: "Verbs of omission with a human subject make the missing guard invisible.",
    question: "What would have reminded anybody at that point: a step, a default, an alert?",
    bad: &[
        cause("The release captain forgot the feature flag."),
        cause("Ewa forgot.").naming(&["Ewa"]),
        cause("mehmet never ran the dry run, so nobody saw the 4,000 deletions coming.").naming(&["mehmet"]),
    ],
    good: &[
        cause("The release template has no step for feature flags."),
        cause("The cache forgot its warm set after the restart."),
        cause(
            "The health check failed to notice the read-only file system because it only opens the file for reading.",
        ),
    ],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    use AgentKind::{Handle, Name, Role, Team, Vendor};
    let (clause, ground) = subject::faulted(sentence, Kinds::of(&[Name, Handle, Role, Team, Vendor]))?;
    if !matches!(ground, Ground::Omission | Ground::NotDone) {
        return None;
    }
    let (start, end) = subject::span(sentence, &clause);
    let mut hit =
        Hit::new(start, end, format!("“{}”: an omission with a human subject", sentence.slice(start, end)));
    // outside of an account of an incident, "did not" is often no more than a fact
    hit.level = (ground == Ground::NotDone && sentence.section.is_none()).then_some(Severity::Warning);
    Some(hit)
}
