//! Proposed sentences become claims only when code has filled them in and the evidence carries them.

use std::collections::BTreeSet;

use super::evidence;
use super::fill::fill;
use super::plan::SECTIONS;
use super::reply::Proposed;
use crate::domain::{Claim, ClaimKind, EventId, Verdict};
use crate::drafting::ground::{Ledger, facts_hold, verify};
use crate::drafting::reading::Reading;
use crate::drafting::tone;
use crate::drafting::wording::capitalised;
use crate::text::sentences;

/// A sentence that holds.
#[derive(Clone, Debug)]
pub(super) struct Sound {
    /// As the model named it.
    pub(super) section: String,
    /// Plain text with roles for names.
    pub(super) text: String,
    pub(super) evidence: Vec<EventId>,
    pub(super) kind: ClaimKind,
    pub(super) label: Option<String>,
    /// How one will see that an action works.
    pub(super) check: Option<String>,
}

/// A sentence that does not.
#[derive(Clone, Debug)]
pub(super) struct Unsound {
    /// As the model wrote it, for sending it back.
    pub(super) proposed: Box<Proposed>,
    pub(super) text: String,
    pub(super) evidence: Vec<EventId>,
    pub(super) kind: ClaimKind,
    pub(super) reason: String,
    /// Its wording is at fault, so that it is not repeated anywhere.
    pub(super) wording: bool,
}

/// Judges one proposed sentence.
pub(super) fn check(reading: &Reading<'_>, ledger: &Ledger, proposed: &Proposed) -> Result<Sound, Unsound> {
    let unsound = |text: &str, evidence: &[EventId], reason: String, wording: bool| Unsound {
        proposed: Box::new(proposed.clone()),
        text: text.to_owned(),
        evidence: evidence.to_vec(),
        kind: proposed.kind,
        reason,
        wording,
    };
    let (filled, used) = fill(reading, &proposed.text)
        .map_err(|reason| unsound(&proposed.text, &proposed.evidence, reason, false))?;
    let masked = evidence::unnumbered(&reading.people.mask(&filled));
    // A sentence may open with the role of a person, but the name of a service keeps its case.
    let word = masked.split(' ').next().unwrap_or_default();
    let text = if word.chars().all(char::is_alphabetic) { capitalised(&masked) } else { masked };
    let mut seen = BTreeSet::new();
    let evidence: Vec<EventId> =
        proposed.evidence.iter().chain(&used).copied().filter(|id| seen.insert(*id)).collect();
    if evidence.iter().filter_map(|id| reading.line(*id)).any(|line| line.instructs) {
        return Err(unsound(
            &text,
            &evidence,
            "it rests on a line that addresses the drafting tool".to_owned(),
            true,
        ));
    }
    let named = SECTIONS.iter().find(|(_, stage)| *stage == proposed.section);
    let blame = match named {
        Some((kind, _)) => reading.objections_under(kind.heading(), &text),
        None => reading.objections(&text),
    };
    if !blame.is_empty() || tone::accuses(&text) {
        let reason = if blame.is_empty() { "its wording judges people".to_owned() } else { blame.join("; ") };
        return Err(unsound(&text, &evidence, reason, true));
    }
    // Several sentences in one are judged one by one, over the same lines.
    let pieces: Vec<String> = if text.contains('"') {
        vec![text.clone()]
    } else {
        sentences(&text).into_iter().map(|span| span.of(&text).to_owned()).collect()
    };
    for piece in pieces {
        let claim = Claim {
            section: String::new(),
            text: piece,
            kind: proposed.kind,
            evidence: evidence.clone(),
            verdict: Verdict::Unverified,
            reason: None,
        };
        if let Some(reason) = verify(&claim, ledger).reason {
            return Err(unsound(&text, &evidence, reason, false));
        }
    }
    let check = proposed.check.as_deref().and_then(|check| checkable(reading, ledger, check, &evidence));
    Ok(Sound {
        section: proposed.section.clone(),
        text,
        evidence,
        kind: proposed.kind,
        label: proposed.label.clone(),
        check,
    })
}

/// How an action is to be verified is a proposal, but its figures and names must be those of the cited lines.
fn checkable(reading: &Reading<'_>, ledger: &Ledger, check: &str, evidence: &[EventId]) -> Option<String> {
    let (filled, _) = fill(reading, check).ok()?;
    let text = evidence::unnumbered(&reading.people.mask(&filled)).trim_end_matches('.').to_owned();
    let clean = reading.objections(&text).is_empty() && !tone::accuses(&text);
    (clean && facts_hold(&text, evidence, ledger)).then_some(text)
}
