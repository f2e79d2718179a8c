//! The sentences of a finished document with their lines: those that cite evidence, and those that do not.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::document::SectionKind;
use crate::domain::EventId;
use crate::text::markdown::options;
use crate::text::{LineIndex, Span, sentences};

/// One sentence with the footnotes behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Line of its first character, from 1.
    pub line: usize,
    /// Heading of the section it stands in.
    pub section: String,
    /// Without mark-up and footnote marks.
    pub text: String,
    pub evidence: Vec<EventId>,
    /// Marks that are no event ids.
    pub unknown: Vec<String>,
    /// Why a person stands by it: `<!-- unblame confirm -- reason -->` behind the citation.
    pub confirmed: Option<String>,
}

/// One sentence, or one cell of a table, without a footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncited {
    /// Line of its first character, from 1.
    pub line: usize,
    /// Heading of the section it stands in.
    pub section: String,
    /// Without mark-up.
    pub text: String,
    /// In a row of a table of which some cell cites.
    pub beside_citation: bool,
}

/// The sentences of a document; headings, code, block quotes and the footnotes themselves are left out of both lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentences {
    pub cited: Vec<Cited>,
    pub uncited: Vec<Uncited>,
}

/// Every sentence of a Markdown document that carries a footnote; the footnotes themselves are left out.
#[must_use]
pub fn citations(source: &str) -> Vec<Cited> {
    all_sentences(source).cited
}

/// Every sentence of a Markdown document, in its order.
#[must_use]
pub fn all_sentences(source: &str) -> Sentences {
    let lines = LineIndex::new(source);
    let complete = with_definitions(source);
    let mut found = Sentences::default();
    let mut section = String::new();
    let mut heading = false;
    let mut definition = false;
    let mut quotes = 0usize;
    let mut row = 0;
    let mut block = Block::default();
    for (event, range) in Parser::new_ext(&complete, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                block.finish(&section, &lines, &mut found);
                heading = true;
                section.clear();
            }
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Start(Tag::FootnoteDefinition(_)) => definition = true,
            Event::End(TagEnd::FootnoteDefinition) => {
                definition = false;
                block = Block::default();
            }
            Event::Text(text) | Event::Code(text) if heading => section.push_str(&text),
            Event::Text(text) | Event::Code(text) if !definition => block.push(&text, range.start),
            Event::SoftBreak | Event::HardBreak if !definition => block.push(" ", range.start),
            Event::FootnoteReference(label) if !definition => block.cite(&label),
            Event::InlineHtml(comment) if !definition => block.confirm(&comment),
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::CodeBlock(_)) => {
                block.finish(&section, &lines, &mut found);
                block.silent =
                    quotes > 0 || matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)));
            }
            Event::Start(Tag::MetadataBlock(_)) => block.silent = true,
            Event::End(TagEnd::TableCell) => {
                block.in_cell = true;
                block.finish(&section, &lines, &mut found);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => {
                block.finish(&section, &lines, &mut found);
            }
            Event::Start(Tag::BlockQuote(_)) => quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => quotes = quotes.saturating_sub(1),
            // The header of a table asserts nothing.
            Event::End(TagEnd::TableHead) => found.uncited.truncate(row),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                row = found.uncited.len();
                block.cited_before = found.cited.len();
            }
            Event::End(TagEnd::TableRow) => {
                let beside_citation = found.cited.len() > block.cited_before;
                found.uncited[row..].iter_mut().for_each(|cell| cell.beside_citation = beside_citation);
            }
            _ => {}
        }
    }
    block.finish(&section, &lines, &mut found);
    let is_note = |section: &str| SectionKind::of_heading(section) == Some(SectionKind::Evidence);
    found.cited.retain(|cited| !is_note(&cited.section));
    found.uncited.retain(|uncited| !is_note(&uncited.section));
    found
}

/// The parser takes marks without a definition for words; here each gets one, behind the document.
fn with_definitions(source: &str) -> String {
    let mut complete = format!("{source}\n\n");
    let mark_at = |at: usize| source[at..].find(']').map(|end| &source[at..=at + end]);
    let marks: Vec<(usize, &str)> = source
        .match_indices("[^")
        .filter_map(|(at, _)| Some((at, mark_at(at)?)))
        .filter(|(_, mark)| !mark.contains(char::is_whitespace))
        .collect();
    let is_definition = |(at, mark): &&(usize, &str)| source[at + mark.len()..].starts_with(':');
    let mut defined: BTreeSet<&str> = marks.iter().filter(is_definition).map(|(_, mark)| *mark).collect();
    for (_, mark) in marks {
        if defined.insert(mark) {
            complete.push_str(mark);
            complete.push_str(": -\n\n");
        }
    }
    complete
}

/// Text of one block with the places of its pieces and of the marks in it.
#[derive(Default)]
struct Block {
    text: String,
    /// Offset in `text` and in the source.
    pieces: Vec<(usize, usize)>,
    marks: Vec<(usize, String)>,
    /// Reasons of people, by their place in `text`.
    confirmations: Vec<(usize, String)>,
    /// Cited sentences count, others do not: quotations of other text, code.
    silent: bool,
    in_cell: bool,
    /// Number of cited sentences when the row of the table began.
    cited_before: usize,
}

impl Block {
    fn push(&mut self, text: &str, source: usize) {
        self.pieces.push((self.text.len(), source));
        self.text.push_str(text);
    }

    fn cite(&mut self, label: &str) {
        self.marks.push((self.text.len(), label.to_owned()));
    }

    fn confirm(&mut self, comment: &str) {
        let order = comment.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
        let said = order.and_then(|order| order.trim().strip_prefix("unblame confirm"));
        let reason = said.and_then(|said| said.trim_start().strip_prefix("--")).map(str::trim);
        if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
            self.confirmations.push((self.text.len(), reason.to_owned()));
        }
    }

    fn finish(&mut self, section: &str, lines: &LineIndex, found: &mut Sentences) {
        let block = std::mem::take(self);
        self.cited_before = block.cited_before;
        // A mark between two sentences belongs to the one before it; a line of a quotation may hold full stops.
        let mut start = 0;
        let mut groups: Vec<(usize, Vec<&str>)> = Vec::new();
        for (at, label) in &block.marks {
            match groups.last_mut() {
                Some((end, labels)) if block.text[*end..*at].trim().is_empty() => labels.push(label),
                _ => groups.push((*at, vec![label])),
            }
        }
        for (end, labels) in groups {
            let before = &block.text[start..end];
            // Sentences without a mark of their own stand before the cited one, unless a quotation is still open.
            let spans = sentences(before);
            let mut from = spans.last().map_or(0, |span| span.start);
            let mut at = spans.len().saturating_sub(1);
            while at > 0 && before[from..].matches('"').count() % 2 == 1 {
                at -= 1;
                from = spans[at].start;
            }
            block.leave_uncited(start..start + from, section, lines, found);
            let text = before[from..].trim();
            let source = block.source(start + from);
            let (evidence, unknown): (Vec<_>, Vec<_>) =
                labels.into_iter().partition(|label| label.parse::<EventId>().is_ok());
            let behind = |at: usize| at >= end && block.text[end..at].trim().is_empty();
            let confirmed = block.confirmations.iter().find(|(at, _)| behind(*at));
            if !text.is_empty() {
                found.cited.push(Cited {
                    line: lines.line(source),
                    section: section.to_owned(),
                    text: text.to_owned(),
                    evidence: evidence.into_iter().filter_map(|label| label.parse().ok()).collect(),
                    unknown: unknown.into_iter().map(str::to_owned).collect(),
                    confirmed: confirmed.map(|(_, reason)| reason.clone()),
                });
            }
            start = end;
        }
        block.leave_uncited(start..block.text.len(), section, lines, found);
    }

    /// Lists what stands in `range` as sentences without a citation; a cell of a table is one.
    fn leave_uncited(
        &self,
        range: std::ops::Range<usize>,
        section: &str,
        lines: &LineIndex,
        found: &mut Sentences,
    ) {
        if self.silent {
            return;
        }
        let text = &self.text[range.clone()];
        let spans = if self.in_cell { vec![Span::new(0, text.len())] } else { sentences(text) };
        for span in spans {
            let said = span.of(text);
            let start = range.start + span.start + (said.len() - said.trim_start().len());
            if said.chars().any(char::is_alphanumeric) {
                found.uncited.push(Uncited {
                    line: lines.line(self.source(start)),
                    section: section.to_owned(),
                    text: said.trim().to_owned(),
                    beside_citation: false,
                });
            }
        }
    }

    fn source(&self, offset: usize) -> usize {
        let at = self.pieces.partition_point(|(text, _)| *text <= offset);
        self.pieces.get(at.saturating_sub(1)).map_or(0, |(text, source)| source + (offset - text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_belong_to_the_sentence_before_them() {
        let source = "# T\n\n## Impact\n\nOne fell. Two rose.[^E1][^E2] Three said \"so. it goes\".[^x]\n\n| a | *b* `c` [^E3] |\n|---|---|\n| d | e. f. [^E4] |\n\n## Evidence\n\n[^E1]: words. [^E2]\n";
        let found = citations(source);
        let short: Vec<(usize, &str, usize, usize)> = found
            .iter()
            .map(|cited| (cited.line, cited.text.as_str(), cited.evidence.len(), cited.unknown.len()))
            .collect();
        assert_eq!(
            short,
            [
                (5, "Two rose.", 2, 0),
                (5, "Three said \"so. it goes\".", 0, 1),
                (7, "b c", 1, 0),
                (9, "f.", 1, 0)
            ]
        );
        assert_eq!(found[0].section, "Impact");
    }

    #[test]
    fn a_confirmation_belongs_to_the_citation_before_it_and_gives_a_reason() {
        let source = "One.[^E1] <!-- unblame confirm -- I was there --> Two.[^E2]\nThree.[^E3] <!-- unblame confirm -->\n\n| a | b[^E4] <!--unblame confirm -- seen--> |\n|---|---|\n";
        let reasons: Vec<Option<String>> =
            citations(source).into_iter().map(|cited| cited.confirmed).collect();
        assert_eq!(reasons, [Some("I was there".to_owned()), None, None, Some("seen".to_owned())]);
    }

    #[test]
    fn sentences_without_a_mark_are_listed_apart_from_headers_code_and_quotations() {
        let source = "---\nid: A\n---\n# T\r\n\r\n> A note.\n\n## Impact\n\nOne fell. Two\nrose.[^E1] Three\nwaited.\n\n```\ncode here\n```\n\n| Time | Event |\n|---|---|\n| 09:22 | It. broke |\n| 09:23 | It ran [^E1] |\n\n## Evidence\n\nNo event.\n\n[^E1]: words.\n";
        let found: Vec<(usize, String, bool)> = all_sentences(source)
            .uncited
            .into_iter()
            .map(|one| (one.line, one.text, one.beside_citation))
            .collect();
        let expected = [
            (10, "One fell.", false),
            (11, "Three waited.", false),
            (20, "09:22", false),
            (20, "It. broke", false),
            (21, "09:23", true),
        ];
        assert_eq!(found, expected.map(|(line, text, beside)| (line, text.to_owned(), beside)));
    }
}
