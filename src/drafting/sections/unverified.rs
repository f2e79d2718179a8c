//! Sentences that the cited evidence does not carry, kept in sight and out of the text.

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::{ClaimKind, Verdict};
use crate::drafting::inert::{inert, quoted};
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;

pub(super) struct Unverified;
pub(super) static ENTRY: Unverified = Unverified;

impl Writer for Unverified {
    fn kind(&self) -> SectionKind {
        SectionKind::Unverified
    }

    fn write(&self, _reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let open: Vec<String> = page
            .claims
            .iter()
            .filter(|claim| claim.kind != ClaimKind::Question && claim.verdict == Verdict::Unverified)
            .map(|claim| {
                format!(
                    "{}: {} ({})",
                    claim.section,
                    quoted(&claim.text),
                    inert(claim.reason.as_deref().unwrap_or("not found in the evidence"))
                )
            })
            .collect();
        if open.is_empty() { "No sentence had to be set aside.".to_owned() } else { bullets(open) }
    }
}
