//! The opening page: five sentences that can be read aloud.

use super::Part;
use crate::trends::Headline;

/// The headlines by rank, one for each.
pub(super) fn sentences(parts: &[Part]) -> Vec<String> {
    let mut headlines: Vec<&Headline> =
        parts.iter().filter_map(|part| part.section.headline.as_ref()).collect();
    headlines.sort_by_key(|headline| headline.rank);
    headlines.dedup_by_key(|headline| headline.rank);
    headlines.into_iter().map(|headline| headline.text.clone()).collect()
}
