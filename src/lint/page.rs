//! A document taken apart for the rules: blocks with their sections, sentences, names.

use crate::text::markdown::{Block, BlockKind, blocks};
use crate::text::{LineIndex, Span, sentences};

use super::config::Config;
use super::language::{Frame, Place, Sentence};
use super::lexicon::Lexicon;
use super::names::Names;
use super::section::SectionKind;

/// A heading and what stands under it up to the next heading.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) kind: SectionKind,
    pub(crate) level: u8,
    /// Block of the heading; `None` for what stands before the first.
    pub(crate) heading: Option<usize>,
    /// Blocks under it, without the heading.
    pub(crate) blocks: std::ops::Range<usize>,
}

/// A document as the rules see it.
pub(crate) struct Page<'a> {
    pub(crate) source: &'a str,
    pub(crate) config: &'a Config,
    pub(crate) blocks: Vec<Block>,
    /// Section kind of each block.
    pub(crate) kinds: Vec<SectionKind>,
    pub(crate) sections: Vec<Section>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) names: Names,
    pub(crate) lines: LineIndex,
}

impl<'a> Page<'a> {
    /// Written by a drafting tool and touched by no review: `status: draft` beside `generated` in the front matter.
    pub(crate) fn is_generated_draft(&self) -> bool {
        let head = self.blocks.first().filter(|block| block.kind == BlockKind::FrontMatter);
        head.is_some_and(|head| {
            let has = |start: &str| head.text.lines().any(|line| line.starts_with(start));
            has("generated:") && has("status: draft")
        })
    }

    pub(crate) fn new(source: &'a str, config: &'a Config, lexicon: &Lexicon) -> Self {
        let blocks = blocks(source);
        let sections = sections(&blocks, config);
        let mut kinds = vec![SectionKind::Other; blocks.len()];
        for section in &sections {
            kinds[section.blocks.clone()].fill(section.kind);
            if let Some(heading) = section.heading {
                kinds[heading] = section.kind;
            }
        }
        let mut names = Names::new(&config.people, &config.teams, lexicon);
        names.gather(&blocks, &kinds, lexicon);
        let mut page = Self {
            source,
            config,
            blocks,
            kinds,
            sections,
            sentences: Vec::new(),
            names,
            lines: LineIndex::new(source),
        };
        page.sentences = page.split(lexicon);
        page
    }

    fn split(&self, lexicon: &Lexicon) -> Vec<Sentence> {
        let frame = Frame { lexicon, names: &self.names };
        let mut found = Vec::new();
        for (index, block) in self.blocks.iter().enumerate() {
            if !self.is_prose(index) {
                continue;
            }
            for span in sentences(&block.text) {
                let place = Place { section: self.kinds[index], block: index, span, quoted: block.quoted };
                let code = |at: usize| block.style_at(span.start + at).code;
                found.push(frame.sentence(span.of(&block.text), place, code));
            }
        }
        found
    }

    /// Prose that the authors of the document answer for.
    fn is_prose(&self, block: usize) -> bool {
        let kind = self.blocks[block].kind;
        let evidence = matches!(self.kinds[block], SectionKind::Evidence | SectionKind::Metadata);
        match kind {
            BlockKind::Paragraph | BlockKind::ListItem { .. } => !evidence,
            BlockKind::TableCell { row, .. } => row > 0 && !evidence && !self.is_reference_column(block),
            _ => false,
        }
    }

    /// Columns of owners, dates and states hold no prose.
    fn is_reference_column(&self, block: usize) -> bool {
        let header = self.header_of(block).to_lowercase();
        [
            "owner", "due", "status", "assignee", "date", "time", "ticket", "tracking", "priority", "type",
            "who", "severity", "id", "source", "when", "deadline", "name", "role",
        ]
        .iter()
        .any(|label| header.split(|c: char| !c.is_alphanumeric()).any(|word| word == *label))
    }

    /// Text of the header cell over a table cell.
    pub(crate) fn header_of(&self, block: usize) -> &str {
        let BlockKind::TableCell { table, column, .. } = self.blocks[block].kind else { return "" };
        let header = BlockKind::TableCell { table, row: 0, column };
        self.blocks[..block]
            .iter()
            .rev()
            .find(|other| other.kind == header)
            .map_or("", |other| other.text.as_str())
    }

    /// Source span of tokens `start..end` of a sentence.
    pub(crate) fn span_of(&self, sentence: &Sentence, start: usize, end: usize) -> Span {
        let tokens = &sentence.tokens;
        let first = tokens.get(start).map_or(0, |token| token.span.start);
        let last =
            tokens.get(end.saturating_sub(1)).map_or(sentence.text.len(), |token| token.span.end).max(first);
        self.blocks[sentence.block].source_span(Span::new(first, last).shifted(sentence.span.start))
    }

    /// Blocks of all sections of a kind, in order.
    pub(crate) fn blocks_in(&self, kind: SectionKind) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(move |(index, block)| {
            self.kinds[*index] == kind && !matches!(block.kind, BlockKind::Heading(_))
        })
    }

    /// Sections of a kind that carry a heading.
    pub(crate) fn sections_of(&self, kind: SectionKind) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.kind == kind && section.heading.is_some())
    }

    pub(crate) fn heading_span(&self, section: &Section) -> Span {
        section.heading.map_or(Span::new(0, 0), |heading| {
            let span = self.blocks[heading].span;
            Span::new(span.start, span.start + span.of(self.source).trim_end().len())
        })
    }

    /// Text under a heading, its deeper sections included.
    pub(crate) fn body(&self, section: &Section) -> Span {
        let from = section.heading.map_or(0, |heading| self.blocks[heading].span.end);
        let end = self
            .sections
            .iter()
            .filter(|other| other.level <= section.level)
            .filter_map(|other| other.heading)
            .map(|heading| self.blocks[heading].span.start)
            .find(|&start| start >= from)
            .unwrap_or(self.source.len());
        Span::new(from, end.max(from))
    }

    /// Front matter as written, `""` without any.
    pub(crate) fn front_matter(&self) -> &str {
        self.blocks
            .first()
            .filter(|block| block.kind == BlockKind::FrontMatter)
            .map_or("", |block| block.text.as_str())
    }
}

fn sections(blocks: &[Block], config: &Config) -> Vec<Section> {
    let mut found = vec![Section { kind: SectionKind::Other, level: 0, heading: None, blocks: 0..0 }];
    let mut parents: Vec<(u8, SectionKind)> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let heading = match block.kind {
            BlockKind::Heading(level) => Some((level, block.text.as_str())),
            // "**Root cause**" alone in a paragraph is a heading to its readers
            BlockKind::Paragraph if is_strong_line(block) => Some((6, block.text.trim_end_matches(':'))),
            _ => None,
        };
        let Some((level, text)) = heading else { continue };
        if let Some(last) = found.last_mut() {
            last.blocks.end = index;
        }
        parents.retain(|(parent, _)| *parent < level);
        let own = if level == 1 && found.len() == 1 { SectionKind::Other } else { config.section_kind(text) };
        let kind =
            if own == SectionKind::Other { parents.last().map_or(own, |(_, kind)| *kind) } else { own };
        if level != 6 || matches!(block.kind, BlockKind::Heading(_)) || own != SectionKind::Other {
            parents.push((level, kind));
            found.push(Section { kind, level, heading: Some(index), blocks: index + 1..index + 1 });
        }
    }
    if let Some(last) = found.last_mut() {
        last.blocks.end = blocks.len();
    }
    found
}

fn is_strong_line(block: &Block) -> bool {
    block.text.len() < 60
        && !block.segments.is_empty()
        && block.segments.iter().all(|segment| segment.style.strong)
}
