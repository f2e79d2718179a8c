//! Takes out of a text what never tells two incidents apart or alike: addresses, times, long hexadecimal ids, footnote marks,
//! deep stack traces.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// Frames of one stack trace that are kept: the top names the fault, the rest is plumbing.
const KEPT_FRAMES: usize = 3;

/// Characters of a body that are looked at; logs pasted whole add nothing beyond.
pub(super) const MAX_BODY: usize = 20_000;

static NOISE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // ASCII classes and borders: the Unicode ones cost a multiple, and these patterns are ASCII.
    Regex::new(concat!(
        r"(?:https?://|www\.)\S+",
        r"|(?m:^\[\^[^\]\s]{1,40}\]:.*$)",
        r"|\[\^[^\]\s]{1,40}\]",
        r"|(?-u:\b)[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?",
        r"|(?-u:\b)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?-u:\b)",
        r"|(?-u:\b)[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?-u:\b)",
        r"|(?-u:\b)(?:0x)?[0-9a-fA-F]{12,}(?-u:\b)",
    ))
    .ok()
});

/// `text` ready for counting terms: at most [`MAX_BODY`] characters, noise replaced by spaces.
pub(super) fn clean(text: &str) -> String {
    let head = head(text, MAX_BODY);
    let kept = without_deep_frames(head);
    match NOISE.as_ref() {
        Some(noise) => noise.replace_all(&kept, " ").into_owned(),
        None => kept.into_owned(),
    }
}

/// The first `limit` characters.
pub(super) fn head(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).map_or(text, |(end, _)| &text[..end])
}

fn without_deep_frames(text: &str) -> Cow<'_, str> {
    let mut run = 0;
    let mut dropped = false;
    let mut kept = String::new();
    for line in text.split_inclusive('\n') {
        run = if is_frame(line) { run + 1 } else { 0 };
        if run > KEPT_FRAMES {
            dropped = true;
        } else {
            kept.push_str(line);
        }
    }
    if dropped { Cow::Owned(kept) } else { Cow::Borrowed(text) }
}

/// A line of a Java, Python, Go or native stack trace.
fn is_frame(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("at ") && line.contains('('))
        || (line.starts_with("File \"") && line.contains(", line "))
        || (line.starts_with('#')
            && line[1..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(" 0x"))
        || (line.starts_with("... ") && line.ends_with(" more"))
        || (line.contains(".go:") && line.contains(" +0x"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_times_and_long_ids_go_and_short_codes_stay() {
        let cleaned = clean(
            "2025-04-29T10:16:00Z see https://status.example/x?y=1 exit 137 at 10:24, trace 4bf92f3577b34da6a3ce929d0e0e4736, 256Mi[^E12]",
        );
        for gone in ["2025", "https", "10:24", "4bf9", "E12"] {
            assert!(!cleaned.contains(gone), "{gone} in {cleaned}");
        }
        assert!(cleaned.contains("137") && cleaned.contains("256Mi"));
    }

    #[test]
    fn a_stack_trace_keeps_its_top() {
        let trace: String = (0..9).map(|n| format!("\tat a.b.C{n}.run(C.java:{n})\n")).collect();
        let cleaned = clean(&format!("NullPointerException\n{trace}Caused by: x\n"));
        assert!(cleaned.contains("C2.run") && !cleaned.contains("C3.run") && cleaned.contains("Caused by"));
    }
}
