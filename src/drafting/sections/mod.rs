//! The sections of a draft: one file for each, in the order of the document.

use super::page::Page;
use super::reading::Reading;
use crate::document::SectionKind;

/// Writes one section from the evidence alone.
pub trait Writer: Sync {
    fn kind(&self) -> SectionKind;

    /// The Markdown body; never empty.
    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String;
}

register! {
    /// Sections in document order; the last three account for what the others cited, asked and could not support.
    dyn Writer:
    executive_summary, impact, timeline, contributing_factors, root_cause, recovery_assessment, went_well, improve, lessons,
    actions, similar, open_questions, unverified, evidence,
}

pub use evidence::footnote;
pub(crate) use executive_summary::measured as measured_course;
pub(crate) use recovery_assessment::QUESTIONS as RECOVERY_QUESTIONS;
pub(crate) use root_cause::fishbone;

/// Lines joined to a Markdown list.
fn bullets(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}
