//! Whether the cited evidence carries a sentence.

mod ledger;

pub use ledger::{Entry, Ledger};

use crate::domain::{Claim, Verdict};

/// What checking a sentence found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    /// What is not carried, in words for a person.
    pub reason: Option<String>,
}

/// Checks a claim against the lines it cites.
#[must_use]
pub fn verify(claim: &Claim, ledger: &Ledger) -> Finding {
    let missing = claim.evidence.iter().find(|id| ledger.get(**id).is_none());
    match missing {
        Some(id) => {
            Finding { verdict: Verdict::Unverified, reason: Some(format!("{id} is not in the evidence")) }
        }
        None if claim.evidence.is_empty() => {
            Finding { verdict: Verdict::Unverified, reason: Some("nothing is cited".into()) }
        }
        None => Finding { verdict: Verdict::Supported, reason: None },
    }
}
