//! Stated durations against the difference of two clock times in the same sentence.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;
use crate::text::markdown::BlockKind;

use super::ascii;
use super::page::Page;

static RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(
        r"(?i)\b([01]?\d|2[0-3]):([0-5]\d)(?: ?(?:UTC|Z|[A-Z]{3,4}))? ?(?:-|–|—|to|until|and) ?([01]?\d|2[0-3]):([0-5]\d)\b",
    )
});
static STATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(
        r"(?i)\b(?:(\d+(?:\.\d+)?) ?(?:h|hrs?|hours?)\b)?(?: ?(?:and|,)? ?)?(?:(\d+) ?(?:m|mins?|minutes?)\b)?",
    )
});

/// Place, stated minutes and computed minutes of durations that disagree by more than rounding.
pub(super) fn mismatches(page: &Page<'_>) -> Vec<(Span, i64, i64)> {
    let (Some(range), Some(stated)) = (RANGE.as_ref(), STATED.as_ref()) else { return Vec::new() };
    let mut found = Vec::new();
    for block in &page.blocks {
        let prose = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::TableCell { .. }
        );
        if !prose || !block.text.to_lowercase().contains("duration") {
            continue;
        }
        let Some(times) = range.captures(&block.text) else { continue };
        let number = |index: usize| {
            times.get(index).and_then(|part| part.as_str().parse::<i64>().ok()).unwrap_or_default()
        };
        let computed = (number(3) * 60 + number(4) - number(1) * 60 - number(2)).rem_euclid(24 * 60);
        let Some((span, minutes)) = stated_minutes(stated, &block.text) else { continue };
        let coarse = minutes % 60 == 0 && (minutes - computed).abs() < 30;
        if (minutes - computed).abs() > 1 && !coarse {
            found.push((block.source_span(span), minutes, computed));
        }
    }
    found
}

/// The first duration in hours and minutes.
fn stated_minutes(pattern: &Regex, text: &str) -> Option<(Span, i64)> {
    pattern.captures_iter(text).find_map(|hit| {
        let whole = hit.get(0)?;
        let hours: f64 = hit.get(1).and_then(|part| part.as_str().parse().ok()).unwrap_or_default();
        let minutes: f64 = hit.get(2).and_then(|part| part.as_str().parse().ok()).unwrap_or_default();
        let total = hours * 60.0 + minutes;
        #[allow(
            clippy::cast_possible_truncation,
            reason = "durations of incidents are far below 2^53 minutes"
        )]
        let total = total.round() as i64;
        let lead = whole.as_str().len() - whole.as_str().trim_start().len();
        (total > 0).then(|| (Span::new(whole.start() + lead, whole.end()), total))
    })
}
