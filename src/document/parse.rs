//! Reads a postmortem from Markdown of any layout, with the lines of its parts and what could not be used.

use serde_json::{Map, Value};

use super::{FrontMatter, Postmortem, Section, SectionKind, metadata};
use crate::text::LineIndex;
use crate::text::markdown::{Block, BlockKind, blocks};

/// Something in the document that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// A document with the places of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    pub postmortem: Postmortem,
    /// Line of each section's heading, from 1, parallel to `postmortem.sections`.
    pub section_lines: Vec<usize>,
    /// Whether the document has YAML front matter, readable or not.
    pub has_front_matter: bool,
    pub problems: Vec<Problem>,
}

/// Lines end with a line feed alone: all carriage returns before it belong to the end of the line.
fn unix_lines(text: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let ended = lines.len() - 1;
    lines[..ended].iter_mut().for_each(|line| *line = line.trim_end_matches('\r'));
    lines.join("\n")
}

/// Reads a document; it never fails, what cannot be used is listed in `problems`.
#[must_use]
pub fn parse(source: &str) -> Parsed {
    let unix = unix_lines(source.strip_prefix('\u{feff}').unwrap_or(source));
    let source = unix.as_str();
    let blocks = blocks(source);
    let index = LineIndex::new(source);
    let mut problems = Vec::new();
    let head = blocks.first().filter(|block| block.kind == BlockKind::FrontMatter);
    let front = head.map(|block| read_front_matter(&block.text, &mut problems)).unwrap_or_default();
    let body_start = head.map_or(0, |block| block.span.end);

    let headings: Vec<&Block> = blocks.iter().filter(|block| is_outline_heading(block, source)).collect();
    let title = headings.first().filter(|block| block.kind == BlockKind::Heading(1));
    let first_section = usize::from(title.is_some());
    let between = |from: usize, to: usize| {
        source.get(from..to).unwrap_or_default().trim_matches('\n').trim_end().to_owned()
    };
    let start_of =
        |at: usize| headings.get(at).map_or(source.len(), |block| line_start(source, block.span.start));
    let preamble = between(title.map_or(body_start, |block| block.span.end), start_of(first_section));
    let mut sections = Vec::new();
    let mut section_lines = Vec::new();
    for (at, block) in headings.iter().enumerate().skip(first_section) {
        let heading = heading_source(block, source);
        let kind = SectionKind::of_heading(&block.text);
        let level = if let BlockKind::Heading(level) = block.kind { level } else { 2 };
        sections.push(Section { heading, level, kind, body: between(block.span.end, start_of(at + 1)) });
        section_lines.push(index.line(block.span.start));
    }
    let title =
        title.map(|block| heading_source(block, source)).or_else(|| front.title.clone()).unwrap_or_default();
    let mut postmortem = Postmortem { front, title, preamble, sections };
    if head.is_none() {
        metadata::read_into(&mut postmortem, &blocks, &index, &mut problems);
    }
    Parsed { postmortem, section_lines, has_front_matter: head.is_some(), problems }
}

fn read_front_matter(yaml: &str, problems: &mut Vec<Problem>) -> FrontMatter {
    let map = match serde_saphyr::from_str::<Option<Map<String, Value>>>(yaml) {
        Ok(map) => map.unwrap_or_default(),
        Err(error) => {
            let line = error.location().map_or(1, |location| usize::try_from(location.line()).unwrap_or(1));
            let reason = error.to_string();
            let reason = reason.lines().next().unwrap_or_default();
            problems.push(Problem {
                line: line + 1,
                message: format!("front matter is no YAML mapping: {reason}"),
            });
            return FrontMatter::default();
        }
    };
    let (front, fields) = FrontMatter::from_map(map);
    for (key, reason) in fields {
        let at =
            yaml.lines().position(|line| line.trim_start().starts_with(key.as_str())).unwrap_or_default();
        problems.push(Problem { line: at + 2, message: format!("{key}: {reason}") });
    }
    front
}

/// Headings inside lists, quotes and footnotes are content.
fn is_outline_heading(block: &Block, source: &str) -> bool {
    matches!(block.kind, BlockKind::Heading(_)) && !block.nested && !heading_source(block, source).is_empty()
}

/// The heading's source without its marks, so that emphasis and code survive a round trip.
fn heading_source(block: &Block, source: &str) -> String {
    let line = block.span.of(source).lines().next().unwrap_or_default().trim();
    let inner = line.trim_start_matches('#');
    if inner.len() == line.len() {
        return line.to_owned(); // underlined
    }
    let inner = inner.trim();
    let unclosed = inner.trim_end_matches('#');
    if unclosed.is_empty() || unclosed.ends_with(' ') {
        unclosed.trim_end().to_owned()
    } else {
        inner.to_owned()
    }
}

fn line_start(source: &str, offset: usize) -> usize {
    source.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}
