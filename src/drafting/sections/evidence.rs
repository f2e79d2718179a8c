//! The cited events as footnotes: time, source, the words, the place.

use std::sync::LazyLock;

use regex::Regex;

use super::Writer;
use crate::document::SectionKind;
use crate::domain::{Event, Origin};
use crate::drafting::inert::{clip, inert, plain_line, quoted};
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;
use crate::drafting::wording::moment;

/// Longer quotations stand in their source.
const QUOTE: usize = 700;

pub(super) struct Evidence;
pub(super) static ENTRY: Evidence = Evidence;

impl Writer for Evidence {
    fn kind(&self) -> SectionKind {
        SectionKind::Evidence
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let lines = page.cited().into_iter().filter_map(|id| reading.line(id));
        let notes: Vec<String> = lines.map(|line| written(line.event, &line.said)).collect();
        if notes.is_empty() {
            return "No event is cited.".to_owned();
        }
        notes.join("\n")
    }
}

/// The footnote of an event whose text is redacted.
#[must_use]
pub fn footnote(event: &Event) -> String {
    written(event, &plain_line(&event.text))
}

/// `[^E41]: 2025-11-28 09:22:07 UTC · kubernetes · "…" (k8s-events.json#17)`
fn written(event: &Event, said: &str) -> String {
    let until = event.until.map(|until| format!(" until {}", moment(until))).unwrap_or_default();
    let count = if event.count > 1 { format!(", {} times", event.count) } else { String::new() };
    let places: Vec<String> =
        std::iter::once(&event.origin).chain(event.also.iter().take(3)).map(place).collect();
    let what = if said.is_empty() { event.kind.name().replace('_', " ") } else { quoted(&clip(said, QUOTE)) };
    format!(
        "[^{}]: {}{until} UTC{count} · {} · {what} ({}){}",
        event.id,
        moment(event.at),
        inert(&event.source),
        places.join("; "),
        permalink(&event.origin)
    )
}

/// `file#17` for records of JSON files, `file:17` for lines of text.
fn place(origin: &Origin) -> String {
    let separator = if origin.file.ends_with("json") || origin.file.ends_with("jsonl") { '#' } else { ':' };
    inert(&format!("{}{separator}{}", origin.file, origin.line))
}

#[expect(clippy::expect_used, reason = "a constant pattern")]
static SAFE_LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/?=&%#+,-]*)?$").expect("pattern")
});

/// The address of the original, only where it is plainly one and carries no credentials.
fn permalink(origin: &Origin) -> String {
    match &origin.permalink {
        Some(link) if SAFE_LINK.is_match(link) && !link.contains("token") && !link.contains("key=") => {
            format!(" <{link}>")
        }
        _ => String::new(),
    }
}
