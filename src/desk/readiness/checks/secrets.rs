//! Keys, tokens and passwords in the text.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::redact::detect_secrets;

pub(super) struct Secrets;
pub(super) static ENTRY: Secrets = Secrets;

impl Check for Secrets {
    fn id(&self) -> &'static str {
        "secrets"
    }

    fn about(&self) -> &'static str {
        "No key, token or password is in the text"
    }

    fn since(&self) -> Stage {
        Stage::Review
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        detect_secrets(reading.situation.source)
            .into_iter()
            .map(|one| Obstacle {
                line: reading.index.line(one.span.start),
                check: self.id(),
                message: format!("a secret ({}) stands in the text", one.id),
                help: "revoke it, then replace it by a mark; `unblame redact` shows how".to_owned(),
            })
            .collect()
    }
}
