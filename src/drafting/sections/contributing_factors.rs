//! Conditions that people stated, each with its category; never a person.

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::FactorCategory;
use crate::drafting::cues::{changes, condition};
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;

/// More factors than this want grouping by a person.
pub(crate) const FACTORS: usize = 9;

pub(super) struct ContributingFactors;
pub(super) static ENTRY: ContributingFactors = ContributingFactors;

impl Writer for ContributingFactors {
    fn kind(&self) -> SectionKind {
        SectionKind::ContributingFactors
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let mut items = Vec::new();
        for (text, evidence) in [changes::crowd(reading), changes::to_and_fro(reading)].into_iter().flatten()
        {
            items.extend(page.fact(&format!("**{}**: {text}.", FactorCategory::Process.name()), &evidence));
        }
        for (line, text) in condition::best(reading, FACTORS) {
            let Some(quote) = reading.quotation(&text, 260) else { continue };
            items.extend(
                page.fact(&format!("**{}**: {quote}.", condition::category(&text).name()), &[line.event.id]),
            );
        }
        if items.len() < 3 {
            page.ask(
                "Which conditions made the incident possible, and which made it longer?",
                "the people who responded, in the review",
            );
        }
        if items.is_empty() {
            return "No condition is stated in the evidence; the review names them (see Open questions)."
                .to_owned();
        }
        format!(
            "Conditions as stated in the evidence; the review decides which ones contributed.\n\n{}",
            bullets(items)
        )
    }
}
