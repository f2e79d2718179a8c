//! Exact times that stand inside a text: pasted log stamps and chat permalinks.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use regex::{Captures, Regex};

use crate::evidence::pattern;

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})")
});
/// `July 11, 2025 at 4:42PM UTC`, as alerting tools write it; only with a zone that leaves no doubt.
static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>20\d\d)(?:,| at| -)* (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))? ?(?P<half>am|pm)? ?(?:utc|gmt)\b",
    )
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
    for hit in IN_WORDS.captures_iter(text) {
        if let (Some(at), Some(whole)) = (in_words(&hit), hit.get(0)) {
            found.push((whole.start(), at));
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

fn in_words(hit: &Captures<'_>) -> Option<Timestamp> {
    const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
    let number = |name: &str| hit.name(name)?.as_str().parse::<i8>().ok();
    let month = MONTHS.find(&hit["month"].to_lowercase())? / 3 + 1;
    let hour = match (number("hour")?, hit.name("half").map(|half| half.as_str().to_lowercase()).as_deref()) {
        (12, Some("am")) => 0,
        (hour @ 1..12, Some("pm")) => hour + 12,
        (hour, _) => hour,
    };
    let date = Date::new(hit["year"].parse().ok()?, i8::try_from(month).ok()?, number("day")?).ok()?;
    let time = Time::new(hour, number("minute")?, number("second").unwrap_or(0), 0).ok()?;
    Offset::UTC.to_timestamp(date.to_datetime(time)).ok()
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
        let worded = stamps("Violation started: July 11, 2025 at 4:42PM UTC, seen 12:42 PM");
        assert_eq!(worded.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2025-07-11T16:42:00Z"]);
        assert!(stamps("2025-13-99T09:34:00Z").is_empty());
    }
}
