//! Markdown blocks with their positions: headings, prose with a map back to the source, tables, lists, code.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::Span;

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Level 1 to 6.
    Heading(u8),
    Paragraph,
    /// `depth` counts enclosing lists, from 1; `ordinal` is the number of an ordered item.
    ListItem {
        depth: u8,
        ordinal: Option<u64>,
    },
    /// `row` 0 is the header; `table` counts the tables of the document from 0.
    TableCell {
        table: usize,
        row: usize,
        column: usize,
    },
    Code,
    Html,
    FrontMatter,
    FootnoteDefinition,
}

/// A piece of a block's text that stands in one run in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it begins in [`Block::text`].
    pub text_start: usize,
    pub source: Span,
    /// Emphasis, inline code and links change what a phrase means to a rule.
    pub style: Style,
}

/// How a segment is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub code: bool,
    pub link: bool,
    pub strong: bool,
}

/// A leaf block with plain text and the way back to the source.
#[derive(Clone, Debug)]
pub struct Block {
    pub kind: BlockKind,
    /// The whole block in the source, mark-up included.
    pub span: Span,
    /// Text without mark-up; soft breaks are spaces.
    pub text: String,
    pub segments: Vec<Segment>,
    /// Inside a block quote.
    pub quoted: bool,
    /// Inside a list, a quote or a footnote: no part of the document's outline.
    pub nested: bool,
    /// Checked state of a task list item.
    pub task: Option<bool>,
    /// Label of the footnote definition that the block stands in.
    pub footnote: Option<String>,
}

impl Block {
    /// Source span of bytes `start..end` of [`Block::text`].
    #[must_use]
    pub fn source_span(&self, text: Span) -> Span {
        let start = self.to_source(text.start, false);
        let end = self.to_source(text.end, true).max(start);
        Span::new(start, end)
    }

    /// Style of the segment at a byte of [`Block::text`].
    #[must_use]
    pub fn style_at(&self, offset: usize) -> Style {
        self.segment_at(offset, false).map_or_else(Style::default, |segment| segment.style)
    }

    fn segment_at(&self, offset: usize, end: bool) -> Option<&Segment> {
        let after = self.segments.partition_point(|segment| {
            if end { segment.text_start < offset } else { segment.text_start <= offset }
        });
        self.segments.get(after.checked_sub(1)?)
    }

    fn to_source(&self, offset: usize, end: bool) -> usize {
        match self.segment_at(offset, end) {
            Some(segment) => (segment.source.start + offset - segment.text_start).min(segment.source.end),
            None => self.segments.first().map_or(self.span.start, |segment| segment.source.start),
        }
    }
}

/// The Markdown dialect of postmortems: tables, footnotes, task lists, strike-through, YAML front matter.
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

/// The leaf blocks of a document in source order.
#[must_use]
pub fn blocks(source: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    // a byte order mark would hide the front matter
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    let mark = source.len() - text.len();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        reader.take(event, Span::from(range).shifted(mark));
    }
    // Items close after the lists inside them; readers want source order.
    reader.done.sort_by_key(|block| (block.span.start, std::cmp::Reverse(block.span.end)));
    reader.done
}

#[derive(Default)]
struct Reader {
    done: Vec<Block>,
    open: Vec<Block>,
    style: Style,
    quotes: usize,
    lists: Vec<Option<u64>>,
    tables: usize,
    row: usize,
    column: usize,
    footnote: Option<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, span),
            Event::Code(text) => {
                let style = Style { code: true, ..self.style };
                let inner = span.len_difference(text.len());
                self.push(&text, Span::new(span.start + inner, span.start + inner + text.len()), style);
            }
            Event::SoftBreak | Event::HardBreak => self.push(" ", span, self.style),
            Event::TaskListMarker(done) => {
                if let Some(block) = self.open.last_mut() {
                    block.task = Some(done);
                }
            }
            Event::Html(text) => {
                if self.open.last().is_some_and(|block| block.kind == BlockKind::Html) {
                    self.push(&text, span, self.style);
                } else {
                    self.open_block(BlockKind::Html, span);
                    self.push(&text, span, self.style);
                    self.close_block();
                }
            }
            Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Heading { level, .. } => self.open_block(BlockKind::Heading(level_number(level)), span),
            Tag::Paragraph => {
                let inside_item = matches!(self.open.last(), Some(block) if matches!(block.kind, BlockKind::ListItem { .. }) && block.text.is_empty());
                if !inside_item {
                    self.open_block(BlockKind::Paragraph, span);
                }
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) => self.open_block(BlockKind::Code, span),
            Tag::HtmlBlock => self.open_block(BlockKind::Html, span),
            Tag::List(first) => self.lists.push(first),
            Tag::Item => {
                let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
                let ordinal = self.lists.last().copied().flatten();
                if let Some(Some(number)) = self.lists.last_mut() {
                    *number += 1;
                }
                self.open_block(BlockKind::ListItem { depth, ordinal }, span);
            }
            Tag::Table(_) => self.row = 0,
            Tag::TableHead => self.column = 0,
            Tag::TableRow => {
                self.row += 1;
                self.column = 0;
            }
            Tag::TableCell => {
                let kind = BlockKind::TableCell { table: self.tables, row: self.row, column: self.column };
                self.open_block(kind, span);
                self.column += 1;
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.open_block(BlockKind::FrontMatter, span),
            Tag::FootnoteDefinition(label) => self.footnote = Some(label.to_string()),
            Tag::Link { .. } | Tag::Image { .. } => self.style.link = true,
            Tag::Strong => self.style.strong = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::TableCell
            | TagEnd::MetadataBlock(_) => self.close_block(),
            TagEnd::Paragraph => {
                if matches!(self.open.last(), Some(block) if block.kind == BlockKind::Paragraph) {
                    self.close_block();
                }
            }
            TagEnd::Item => self.close_block(),
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Table => self.tables += 1,
            TagEnd::FootnoteDefinition => self.footnote = None,
            TagEnd::Link | TagEnd::Image => self.style.link = false,
            TagEnd::Strong => self.style.strong = false,
            _ => {}
        }
    }

    fn open_block(&mut self, kind: BlockKind, span: Span) {
        let kind = if self.footnote.is_some() && kind == BlockKind::Paragraph {
            BlockKind::FootnoteDefinition
        } else {
            kind
        };
        self.open.push(Block {
            kind,
            span,
            text: String::new(),
            segments: Vec::new(),
            quoted: self.quotes > 0,
            nested: self.quotes > 0 || !self.lists.is_empty() || self.footnote.is_some(),
            task: None,
            footnote: self.footnote.clone(),
        });
    }

    fn close_block(&mut self) {
        if let Some(block) = self.open.pop() {
            self.done.push(block);
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        self.push(text, span, self.style);
    }

    fn push(&mut self, text: &str, source: Span, style: Style) {
        if let Some(block) = self.open.last_mut() {
            block.segments.push(Segment { text_start: block.text.len(), source, style });
            block.text.push_str(text);
        }
    }
}

impl Span {
    /// Half of what a delimited run is longer than its content: the width of one delimiter.
    fn len_difference(self, content: usize) -> usize {
        (self.end - self.start).saturating_sub(content) / 2
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Without footnote marks and the blanks before them, for places where their definitions do not stand.
#[must_use]
pub fn without_marks(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, mark)) = rest.split_once("[^") {
        match mark.split_once(']') {
            Some((label, after)) if !label.is_empty() && !label.contains(char::is_whitespace) => {
                out.push_str(before.trim_end_matches([' ', '\t']));
                rest = after;
            }
            _ => {
                out.push_str(before);
                out.push_str("[^");
                rest = mark;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_point_into_the_source_across_markup_and_breaks() {
        let source = "---\nid: x\n---\n# T\n\nThe *quick*\nfox `runs`.\n\n> said\n\n| a | b |\n|---|---|\n| c | d\\|e |\n\n- [x] one\n  - two\n";
        let blocks = blocks(source);
        let paragraph =
            blocks.iter().find(|block| block.kind == BlockKind::Paragraph && !block.quoted).unwrap();
        assert_eq!(paragraph.text, "The quick fox runs.");
        let at = paragraph.text.find("quick fox").unwrap();
        assert_eq!(paragraph.source_span(Span::new(at, at + 9)).of(source), "quick*\nfox");
        let at = paragraph.text.find("runs").unwrap();
        assert_eq!(paragraph.source_span(Span::new(at, at + 4)).of(source), "runs");
        assert!(paragraph.style_at(at).code);
        assert!(blocks.iter().any(|block| block.quoted && block.text == "said"));
        assert!(
            blocks.iter().any(|block| block.kind == BlockKind::TableCell { table: 0, row: 1, column: 0 }
                && block.text == "c")
        );
        let items: Vec<_> =
            blocks.iter().filter(|block| matches!(block.kind, BlockKind::ListItem { .. })).collect();
        assert_eq!((items[0].text.as_str(), items[0].task), ("one", Some(true)));
        assert_eq!(items[1].text, "two");
        assert_eq!(blocks[0].kind, BlockKind::FrontMatter);
    }

    #[test]
    fn marks_of_footnotes_are_taken_out_and_nothing_else() {
        assert_eq!(without_marks("a [^E1][^E2], [b] [^c d] [^"), "a, [b] [^c d] [^");
    }

    #[test]
    fn a_byte_order_mark_hides_nothing() {
        let source = "\u{feff}---\nid: x\n---\none\n";
        let blocks = blocks(source);
        assert_eq!(blocks[0].kind, BlockKind::FrontMatter);
        assert_eq!(blocks[1].span.of(source).trim_end(), "one");
    }
}
