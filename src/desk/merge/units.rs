//! Cuts a document into sections and units: claims, rows, items, footnotes, front-matter lines, blocks.
//!
//! Units with the white space after them, one after another, are the document again.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::SectionKind;
use crate::text::{fold, sentences};

/// What a unit is; neighbours of one kind form a paragraph, a table, a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitKind {
    FrontMatter,
    Heading,
    Sentence,
    Item,
    Row,
    Footnote,
    /// Code, quotes, HTML: taken whole.
    Block,
}

/// The smallest piece that is merged as a whole.
#[derive(Clone, Debug)]
pub(super) struct Unit<'t> {
    pub(super) kind: UnitKind,
    pub(super) text: &'t str,
    /// White space up to the next unit.
    pub(super) gap: &'t str,
    /// Position in the document.
    pub(super) at: usize,
    /// A table's header row.
    pub(super) heads_table: bool,
}

impl Unit<'_> {
    /// What is compared: the text with white space evened out.
    pub(super) fn key(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Key of a front-matter line or label of a footnote: there can be one of it only.
    pub(super) fn identity(&self) -> Option<&str> {
        match self.kind {
            UnitKind::FrontMatter if !self.text.starts_with([' ', '#', '-']) => {
                self.text.split_once(':').map(|(key, _)| key)
            }
            UnitKind::Footnote => self.text.split_once("]:").map(|(label, _)| label),
            _ => None,
        }
    }

    pub(super) fn is_delimiter_row(&self) -> bool {
        self.kind == UnitKind::Row
            && self.text.contains('-')
            && self.text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    }
}

/// A heading with what follows it, up to the next heading; the first section may have none.
#[derive(Clone, Debug)]
pub(super) struct Section<'t> {
    pub(super) key: String,
    pub(super) heading: &'t str,
    pub(super) units: Vec<Unit<'t>>,
}

/// A document in pieces.
#[derive(Clone, Debug)]
pub(super) struct Page<'t> {
    /// White space before the first unit.
    pub(super) lead: &'t str,
    pub(super) sections: Vec<Section<'t>>,
}

static ITEM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*(?:[-*+]|\d{1,4}[.)])\s").ok());
static FOOTNOTE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\[\^[^\]\s]+\]:").ok());
/// The end of a sentence whose footnote marks stand behind its full stop.
static CITED_END: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"[.!?…]["')*_”’]*(?:\[\^[^\]\s]+\])+(\s+)"#).ok());

fn matches(pattern: &LazyLock<Option<Regex>>, line: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(line))
}

/// Cuts `source`.
pub(super) fn read(source: &str) -> Page<'_> {
    let pieces = pieces(source);
    let lead = pieces.first().map_or(source, |(_, start, _)| &source[..*start]);
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, &(kind, start, end)) in pieces.iter().enumerate() {
        let next = pieces.get(at + 1).map_or(source.len(), |(_, start, _)| *start);
        let text = &source[start..end];
        if kind == UnitKind::Heading || sections.is_empty() {
            let heading = if kind == UnitKind::Heading { text.trim_start_matches('#').trim() } else { "" };
            let name = section_name(text, kind);
            let count = seen.entry(name.clone()).or_default();
            *count += 1;
            sections.push(Section { key: format!("{name}/{count}"), heading, units: Vec::new() });
        }
        let heads_table = kind == UnitKind::Row
            && pieces.get(at + 1).is_some_and(|&(kind, start, end)| {
                let below = Unit { kind, text: &source[start..end], gap: "", at, heads_table: false };
                below.is_delimiter_row()
            });
        if let Some(section) = sections.last_mut() {
            section.units.push(Unit { kind, text, gap: &source[end..next], at, heads_table });
        }
    }
    Page { lead, sections }
}

/// The same for a heading however it is worded, as far as the tool knows the section.
fn section_name(text: &str, kind: UnitKind) -> String {
    if kind != UnitKind::Heading {
        return String::new();
    }
    let level = text.len() - text.trim_start_matches('#').len();
    if level == 1 {
        return "title".to_owned();
    }
    let heading = text.trim_start_matches('#').trim();
    match SectionKind::of_heading(heading).filter(|_| level == 2) {
        Some(kind) => kind.heading().to_owned(),
        None => fold(heading),
    }
}

/// Kind and byte range of each unit, without the white space around it.
fn pieces(source: &str) -> Vec<(UnitKind, usize, usize)> {
    let mut pieces = Vec::new();
    let mut lines = Lines { source, at: 0 };
    if source.lines().next().is_some_and(|line| line.trim_end() == "---") {
        let mut fences = 0;
        while let Some((start, line)) = lines.next().filter(|_| fences < 2) {
            fences += usize::from(line.trim_end() == "---");
            push(&mut pieces, UnitKind::FrontMatter, source, start, start + line.len());
            if fences == 2 {
                break;
            }
        }
        if fences < 2 {
            pieces.clear();
            lines.at = 0;
        }
    }
    while let Some((start, line)) = lines.next() {
        let kind = kind_of(line);
        let Some(kind) = kind else { continue };
        let mut end = start + line.len();
        match kind {
            UnitKind::Block => {
                let fence = ["```", "~~~"].into_iter().find(|fence| line.trim_start().starts_with(fence));
                while let Some((next, more)) = lines.peek() {
                    let goes_on = match fence {
                        Some(_) => true,
                        None => {
                            kind_of(more) == Some(UnitKind::Block)
                                && ["```", "~~~"].iter().all(|f| !more.trim_start().starts_with(f))
                        }
                    };
                    if !goes_on {
                        break;
                    }
                    lines.next();
                    end = next + more.len();
                    if fence.is_some_and(|fence| more.trim_start().starts_with(fence)) {
                        break;
                    }
                }
            }
            UnitKind::Item => {
                while let Some((next, more)) = lines.peek() {
                    let continues =
                        more.starts_with([' ', '\t']) && kind_of(more) == Some(UnitKind::Sentence);
                    if !continues {
                        break;
                    }
                    lines.next();
                    end = next + more.len();
                }
            }
            UnitKind::Sentence => {
                while let Some((next, more)) = lines.peek() {
                    if kind_of(more) != Some(UnitKind::Sentence) {
                        break;
                    }
                    lines.next();
                    end = next + more.len();
                }
                for (from, to) in claims(&source[start..end]) {
                    push(&mut pieces, kind, source, start + from, start + to);
                }
                continue;
            }
            _ => {}
        }
        push(&mut pieces, kind, source, start, end);
    }
    pieces
}

fn push(pieces: &mut Vec<(UnitKind, usize, usize)>, kind: UnitKind, source: &str, start: usize, end: usize) {
    let text = &source[start..end];
    let end = start + text.trim_end().len();
    if end > start {
        pieces.push((kind, start, end));
    }
}

/// What a line begins; `None` for an empty one.
fn kind_of(line: &str) -> Option<UnitKind> {
    let text = line.trim_start();
    if text.trim_end().is_empty() {
        return None;
    }
    Some(match text.as_bytes()[0] {
        b'#' if text.trim_start_matches('#').starts_with(' ') && line.starts_with('#') => UnitKind::Heading,
        b'|' => UnitKind::Row,
        b'>' | b'<' => UnitKind::Block,
        b'[' if matches(&FOOTNOTE, line) => UnitKind::Footnote,
        _ if text.starts_with("```") || text.starts_with("~~~") => UnitKind::Block,
        _ if matches(&ITEM, line) => UnitKind::Item,
        _ => UnitKind::Sentence,
    })
}

/// Byte ranges of the sentences of a paragraph, footnote marks with the sentence before them.
fn claims(paragraph: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for span in sentences(paragraph) {
        let mut from = span.start;
        let text = span.of(paragraph);
        let ends = CITED_END.as_ref().into_iter().flat_map(|regex| regex.captures_iter(text));
        for gap in ends.filter_map(|end| end.get(1)) {
            found.push((from, span.start + gap.start()));
            from = span.start + gap.end();
        }
        found.push((from, span.end));
    }
    found.retain(|(from, to)| from < to);
    found
}

/// Lines with their offsets; a line keeps no line break.
struct Lines<'t> {
    source: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    fn peek(&self) -> Option<(usize, &'t str)> {
        let rest = self.source.get(self.at..).filter(|rest| !rest.is_empty())?;
        Some((self.at, rest.split('\n').next().unwrap_or_default()))
    }

    fn next(&mut self) -> Option<(usize, &'t str)> {
        let (start, line) = self.peek()?;
        self.at = (start + line.len() + 1).min(self.source.len());
        Some((start, line))
    }
}
