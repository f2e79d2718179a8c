//! BLM002 "The engineer", "the admin", "on duty" identifies a person in a small company just as a name does.

use crate::domain::Severity;
use crate::lint::language::{AgentKind, Kinds, Sentence};
use crate::lint::rule::{Hit, Rule, cause, timeline};
use crate::lint::subject::{self, Ground};

pub(super) static ENTRY: Rule = Rule {
    id: "BLM002",
    name: "role-as-cause",
    family: "names-individual-as-cause",
    level: Severity::Error,
    rationale: "\"The engineer\", \"the admin\", \"on duty\" identifies a person in a small company just as a name does.",
    question: "What would anybody in that role have seen and been able to do at that moment?",
    bad: &[
        cause("The storage admin detached a disk that was in use."),
        cause("The on-call engineer misdiagnosed the alert as noise."),
        timeline("12:18 UTC - the operator enters the command on the wrong host and wipes the spool"),
    ],
    good: &[
        cause("The console allows detaching a mounted disk and shows no mount state."),
        cause(
            "The support engineer followed section 4 of the runbook, which did not mention the read replica.",
        ),
        cause("The Postgres operator failed to reconcile after the CRD upgrade."),
        cause("The on-call engineer found the wrong limit in the manifest at 09:49 UTC."),
        cause("The on-call engineer went through the recent deployments; the list shows titles only."),
    ],
    sentence: Some(check),
    ..Rule::BLANK
};

fn check(sentence: &Sentence) -> Option<Hit> {
    let (clause, ground) = subject::faulted(sentence, Kinds::of(&[AgentKind::Role]))?;
    if matches!(ground, Ground::Omission | Ground::NotDone) {
        return None; // BLM011
    }
    let (start, end) = subject::span(sentence, &clause);
    let message =
        format!("“{}”: a role stands where a condition of the system belongs", sentence.slice(start, end));
    let mut hit = Hit::new(start, end, message);
    hit.level = subject::level(sentence, &clause, ground);
    Some(hit)
}
