//! The facts that everything later is counted by: id, severity, start and end.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::domain::Phase;

pub(super) struct Head;
pub(super) static ENTRY: Head = Head;

impl Check for Head {
    fn id(&self) -> &'static str {
        "head"
    }

    fn about(&self) -> &'static str {
        "The front matter names id and severity, start and end"
    }

    fn since(&self) -> Stage {
        Stage::Review
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let front = &reading.parsed.postmortem.front;
        let wanted = [
            ("id", front.id.is_some(), "an id such as INC-7"),
            ("severity", front.severity.is_some(), "a severity such as SEV-2"),
            (
                "started_at",
                front.at(Phase::Started).is_some() || front.date.is_some(),
                "a time such as 2025-11-28T09:22:00Z",
            ),
            ("resolved_at", front.at(Phase::Resolved).is_some(), "a time such as 2025-11-28T09:55:00Z"),
        ];
        let missing = wanted.into_iter().filter(|(_, given, _)| !given).map(|(key, _, example)| Obstacle {
            line: 1,
            check: self.id(),
            message: format!("`{key}` is not given"),
            help: format!("add `{key}:` with {example} to the front matter"),
        });
        let broken = reading.parsed.problems.iter().map(|problem| Obstacle {
            line: problem.line,
            check: self.id(),
            message: problem.message.clone(),
            help: "mend the value".to_owned(),
        });
        missing.chain(broken).collect()
    }
}
