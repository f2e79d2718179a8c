//! The cited sentences of a finished document, with their lines.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::document::SectionKind;
use crate::domain::EventId;
use crate::text::markdown::options;
use crate::text::{LineIndex, sentences};

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
}

/// Every sentence of a Markdown document that carries a footnote; the footnotes themselves are left out.
#[must_use]
pub fn citations(source: &str) -> Vec<Cited> {
    let lines = LineIndex::new(source);
    let complete = with_definitions(source);
    let mut found = Vec::new();
    let mut section = String::new();
    let mut heading = false;
    let mut definition = false;
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
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell | Tag::CodeBlock(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock) => {
                block.finish(&section, &lines, &mut found);
            }
            _ => {}
        }
    }
    block.finish(&section, &lines, &mut found);
    found.retain(|cited| SectionKind::of_heading(&cited.section) != Some(SectionKind::Evidence));
    found
}

/// The parser takes marks without a definition for words; here each gets one, behind the document.
fn with_definitions(source: &str) -> String {
    let mut complete = format!("{source}\n\n");
    for (at, _) in source.match_indices("[^") {
        let Some(end) = source[at..].find(']') else { continue };
        let mark = &source[at..=at + end];
        if !mark.contains(char::is_whitespace) && !complete.contains(&format!("{mark}:")) {
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
}

impl Block {
    fn push(&mut self, text: &str, source: usize) {
        self.pieces.push((self.text.len(), source));
        self.text.push_str(text);
    }

    fn cite(&mut self, label: &str) {
        self.marks.push((self.text.len(), label.to_owned()));
    }

    fn finish(&mut self, section: &str, lines: &LineIndex, found: &mut Vec<Cited>) {
        let block = std::mem::take(self);
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
            let text = before[from..].trim();
            let source = block.source(start + from);
            let (evidence, unknown): (Vec<_>, Vec<_>) =
                labels.into_iter().partition(|label| label.parse::<EventId>().is_ok());
            if !text.is_empty() {
                found.push(Cited {
                    line: lines.line(source),
                    section: section.to_owned(),
                    text: text.to_owned(),
                    evidence: evidence.into_iter().filter_map(|label| label.parse().ok()).collect(),
                    unknown: unknown.into_iter().map(str::to_owned).collect(),
                });
            }
            start = end;
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
}
