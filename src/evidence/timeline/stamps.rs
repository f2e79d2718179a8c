//! Exact times that stand inside a text: pasted log stamps and chat permalinks.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::evidence::pattern;

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})")
});
static PERMALINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"/archives/[A-Z0-9]+/p(\d{10})(\d{6})\b"));

/// Every explicit instant in the text, in order: `2025-11-28T09:34:00Z` and Slack permalinks `…/p1764322512836619`.
pub(super) fn stamps(text: &str) -> Vec<Timestamp> {
    let mut found: Vec<(usize, Timestamp)> = Vec::new();
    for hit in ISO.find_iter(text) {
        let mut written = hit.as_str().replace(' ', "T").replace(',', ".");
        if written.len() > 16 && !written[16..].starts_with(':') {
            written.insert_str(16, ":00");
        }
        if let Ok(at) = written.parse() {
            found.push((hit.start(), at));
        }
    }
    for hit in PERMALINK.captures_iter(text) {
        let at = hit[1].parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        if let (Some(at), Some(whole)) = (at, hit.get(0)) {
            found.push((whole.start(), at));
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::stamps;

    #[test]
    fn reads_log_stamps_and_permalinks() {
        let text =
            "saw `2025-11-28T09:34:00Z x` and https://a.slack.com/archives/C07INC/p1764322512836619, 10:30";
        let found: Vec<String> = stamps(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["2025-11-28T09:34:00Z", "2025-11-28T09:35:12Z"]);
        assert_eq!(stamps("2025-11-28 09:34+01:00").len(), 1);
        assert!(stamps("2025-13-99T09:34:00Z").is_empty());
    }
}
