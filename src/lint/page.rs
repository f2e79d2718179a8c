//! A document taken apart for the rules: blocks with their sections, sentences, names.

use std::cell::OnceCell;

use crate::text::markdown::{Block, BlockKind, blocks};
use crate::text::{LineIndex, Span, sentences};

use super::config::Config;
use super::entries::{self, Entry};
use super::language::{Frame, Place, Sentence};
use super::lexicon::Lexicon;
use super::names::Names;
use super::section::SectionKind;
use super::tables::Tables;
use super::tasks::{self, Task};

/// A heading and what stands under it up to the next heading.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) kind: Option<SectionKind>,
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
    pub(crate) kinds: Vec<Option<SectionKind>>,
    pub(crate) sections: Vec<Section>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) names: Names,
    pub(crate) lines: LineIndex,
    pub(crate) tables: Tables,
    // what several rules ask for, made when the first one does
    lower: OnceCell<String>,
    tasks: OnceCell<Vec<Task>>,
    entries: OnceCell<Vec<Entry>>,
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
        let mut kinds = vec![None; blocks.len()];
        for section in &sections {
            kinds[section.blocks.clone()].fill(section.kind);
            if let Some(heading) = section.heading {
                kinds[heading] = section.kind;
            }
        }
        for (kind, block) in kinds.iter_mut().zip(&blocks).filter(|(kind, _)| kind.is_none()) {
            *kind = labelled(block, config);
        }
        let mut names = Names::new(&config.people, &config.teams, lexicon);
        names.gather(&blocks, &kinds, lexicon);
        let mut page = Self {
            source,
            config,
            tables: Tables::new(&blocks),
            blocks,
            kinds,
            sections,
            sentences: Vec::new(),
            names,
            lines: LineIndex::new(source),
            lower: OnceCell::new(),
            tasks: OnceCell::new(),
            entries: OnceCell::new(),
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
            let has_code = block.segments.iter().any(|segment| segment.style.code);
            for span in sentences(&block.text) {
                if is_detail(span.of(&block.text)) {
                    continue;
                }
                let place = Place { section: self.kinds[index], block: index, span, quoted: block.quoted };
                let code = |at: usize| has_code && block.style_at(span.start + at).code;
                found.push(frame.sentence(span.of(&block.text), place, code));
            }
        }
        found
    }

    /// Prose that the authors of the document answer for.
    fn is_prose(&self, block: usize) -> bool {
        let kind = self.blocks[block].kind;
        let evidence = matches!(self.kinds[block], Some(SectionKind::Evidence | SectionKind::Participants));
        match kind {
            BlockKind::Paragraph | BlockKind::ListItem { .. } => !evidence,
            BlockKind::TableCell { table, row, column } => {
                row > 0 && !evidence && !self.tables.is_reference_column(table, column)
            }
            _ => false,
        }
    }

    /// Text of the header cell over a table cell.
    pub(crate) fn header_of(&self, block: usize) -> &str {
        let BlockKind::TableCell { table, column, .. } = self.blocks[block].kind else { return "" };
        self.tables.header(table, column).map_or("", |header| self.blocks[header].text.as_str())
    }

    /// The source in lower case; ASCII only, so that places stay the same.
    pub(crate) fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.source.to_ascii_lowercase())
    }

    /// All action items in order.
    pub(crate) fn tasks(&self) -> &[Task] {
        self.tasks.get_or_init(|| tasks::tasks(self))
    }

    /// All entries of timeline sections in order.
    pub(crate) fn entries(&self) -> &[Entry] {
        self.entries.get_or_init(|| entries::entries(self))
    }

    /// The sentences of one block.
    pub(crate) fn sentences_in(&self, block: usize) -> &[Sentence] {
        let from = self.sentences.partition_point(|sentence| sentence.block < block);
        let length = self.sentences[from..].partition_point(|sentence| sentence.block == block);
        &self.sentences[from..from + length]
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
            self.kinds[*index] == Some(kind) && !matches!(block.kind, BlockKind::Heading(_))
        })
    }

    /// Sections of a kind that carry a heading.
    pub(crate) fn sections_of(&self, kind: SectionKind) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| section.kind == Some(kind) && section.heading.is_some())
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
    let mut found = vec![Section { kind: None, level: 0, heading: None, blocks: 0..0 }];
    let mut parents: Vec<(u8, Option<SectionKind>)> = Vec::new();
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
        let own = if level == 1 && found.len() == 1 { None } else { config.section_kind(text) };
        let kind = own.or_else(|| parents.last().and_then(|(_, kind)| *kind));
        if level != 6 || matches!(block.kind, BlockKind::Heading(_)) || own.is_some() {
            parents.push((level, kind));
            found.push(Section { kind, level, heading: Some(index), blocks: index + 1..index + 1 });
        }
    }
    if let Some(last) = found.last_mut() {
        last.blocks.end = blocks.len();
    }
    found
}

/// "Root causes: …" in a paragraph under no telling heading is the section itself in templates that know no headings.
fn labelled(block: &Block, config: &Config) -> Option<SectionKind> {
    if block.kind != BlockKind::Paragraph || block.quoted {
        return None;
    }
    let (label, told) = block.text.split_once(':')?;
    let short = label.split_whitespace().count() <= 3 && !told.trim().is_empty();
    // only what begins like a heading: a label is no place to guess
    SectionKind::of_heading(label).filter(|_| short && config.section_kind(label).is_some())
}

/// "Owner: web team." and "Due: 2027-01-22" are fields of an action, no sentences of its prose.
fn is_detail(sentence: &str) -> bool {
    const FIELDS: [&str; 12] = [
        "owner",
        "owners",
        "due",
        "due date",
        "deadline",
        "assignee",
        "assigned to",
        "status",
        "ticket",
        "tickets",
        "priority",
        "dri",
    ];
    sentence.split_once(':').is_some_and(|(label, _)| {
        label.len() < 12 && FIELDS.iter().any(|field| label.trim().eq_ignore_ascii_case(field))
    })
}

fn is_strong_line(block: &Block) -> bool {
    block.text.len() < 60
        && !block.segments.is_empty()
        && block.segments.iter().all(|segment| segment.style.strong)
}
