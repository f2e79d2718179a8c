//! Contributing factors with their category.

use super::{Postmortem, SectionKind};
use crate::domain::FactorCategory;
use crate::text::markdown::{BlockKind, blocks};

/// One contributing factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// The tag in front of it; `None` when it carries none.
    pub category: Option<FactorCategory>,
    pub text: String,
}

/// The items of the contributing-factors section: `- **process**: …`, `1. [PROCESS] …` or untagged.
#[must_use]
pub fn factors(postmortem: &Postmortem) -> Vec<Factor> {
    let Some(body) = postmortem.section_text(SectionKind::ContributingFactors) else { return Vec::new() };
    blocks(&body)
        .into_iter()
        .filter(|block| matches!(block.kind, BlockKind::ListItem { .. }) && !block.quoted)
        .filter(|block| !block.text.trim().is_empty())
        .map(|block| split_tag(block.text.trim()))
        .collect()
}

fn split_tag(text: &str) -> Factor {
    let untagged = || Factor { category: None, text: text.to_owned() };
    let tagged = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']'),
        None => text.split_once(':'),
    };
    let Some((tag, rest)) = tagged else { return untagged() };
    let name = tag.trim().to_lowercase();
    match FactorCategory::ALL.into_iter().find(|category| category.name() == name) {
        Some(category) => {
            Factor { category: Some(category), text: rest.trim_start_matches(':').trim().to_owned() }
        }
        None => untagged(),
    }
}
