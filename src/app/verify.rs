//! Checks each cited sentence of a postmortem against the evidence that the file holds.

use std::path::Path;

use serde::Serialize;

use super::Error;
use crate::document;
use crate::domain::{Claim, ClaimKind, EventId, Verdict};
use crate::drafting::ground::{Ledger, citations, verify as ground};
use crate::store;

/// One cited sentence and what checking it found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// From 1.
    pub line: usize,
    pub text: String,
    pub evidence: Vec<EventId>,
    pub verdict: Verdict,
    pub reason: Option<String>,
}

/// Every cited sentence of a document, in its order; sentences without a citation are statements of people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verified {
    pub claims: Vec<Checked>,
}

/// Checks a file against its own Evidence section.
///
/// # Errors
/// A file that cannot be read.
pub fn verify(path: &Path) -> Result<Verified, Error> {
    let source = store::read_input(path)?;
    let ledger = Ledger::from_document(&document::parse(&source).postmortem);
    let claims = citations(&source).into_iter().map(|cited| {
        let claim = Claim {
            section: cited.section,
            kind: kind(&cited.text),
            text: cited.text,
            evidence: cited.evidence,
            verdict: Verdict::Unverified,
            reason: None,
        };
        let found = ground(&claim, &ledger);
        let unknown = cited.unknown.first().map(|mark| format!("`{mark}` is no evidence of this document"));
        let verdict = if unknown.is_some() { Verdict::Unverified } else { found.verdict };
        Checked {
            line: cited.line,
            text: claim.text,
            evidence: claim.evidence,
            verdict,
            reason: unknown.or(found.reason),
        }
    });
    Ok(Verified { claims: claims.collect() })
}

/// What a sentence says it is.
fn kind(text: &str) -> ClaimKind {
    let marked = ["Hypothesis:", "Suggestion:"].iter().any(|mark| text.trim_start().starts_with(mark));
    if marked { ClaimKind::Hypothesis } else { ClaimKind::Fact }
}
