//! The parts of a document that a person edits one at a time: the title with its preamble, then each main section.

use crate::document::{SectionKind, parse};
use crate::text::{LineIndex, Span};

/// A main section with everything below it, as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Stable while the headings stay: the heading in letters, digits and hyphens, numbered when it occurs again.
    pub key: String,
    /// Empty for the title with its preamble.
    pub heading: String,
    pub kind: Option<SectionKind>,
    /// Heading included, up to the next part.
    pub span: Span,
}

/// Key of the title with its preamble.
pub const HEAD: &str = "head";

impl Part {
    /// Its Markdown as an editor shows it: Unix line ends, no empty lines around it.
    #[must_use]
    pub fn text(&self, source: &str) -> String {
        self.span.of(source).replace("\r\n", "\n").trim_matches('\n').trim_end().to_owned()
    }
}

/// The parts in their order; together with the front matter they cover the whole source.
#[must_use]
pub fn parts(source: &str) -> Vec<Part> {
    let parsed = parse(source);
    let sections = &parsed.postmortem.sections;
    let top = sections.iter().map(|section| section.level).min().unwrap_or(2).max(2);
    let lines = LineIndex::new(source);
    let mut found = vec![Part {
        key: HEAD.to_owned(),
        heading: String::new(),
        kind: None,
        span: Span::new(front_matter_end(source), source.len()),
    }];
    for (section, line) in sections.iter().zip(&parsed.section_lines) {
        if section.level > top {
            continue;
        }
        let start = lines.start_of(*line);
        if let Some(last) = found.last_mut() {
            last.span.end = start.max(last.span.start);
        }
        found.push(Part {
            key: key_of(&section.heading, &found),
            heading: section.heading.clone(),
            kind: section.kind,
            span: Span::new(start, source.len()),
        });
    }
    found
}

/// The source with another text for one part; `None` when there is no such part.
///
/// Line ends of the file are kept, and an unchanged text changes no byte.
#[must_use]
pub fn replaced(source: &str, key: &str, text: &str) -> Option<String> {
    let parts = parts(source);
    let at = parts.iter().position(|part| part.key == key)?;
    let part = &parts[at];
    let text = text.replace("\r\n", "\n");
    let text = text.trim_matches('\n').trim_end();
    if part.text(source) == text {
        return Some(source.to_owned());
    }
    let last = at + 1 == parts.len();
    let mut new = match (text.is_empty(), last) {
        (true, _) => String::new(),
        (false, true) => format!("{text}\n"),
        (false, false) => format!("{text}\n\n"),
    };
    if source.contains("\r\n") {
        new = new.replace('\n', "\r\n");
    }
    let before = &source[..part.span.start];
    Some(format!("{before}{new}{}", &source[part.span.end..]))
}

fn key_of(heading: &str, taken: &[Part]) -> String {
    let spaced: String =
        heading.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let name = spaced.split_whitespace().collect::<Vec<_>>().join("-");
    let name = if name.is_empty() { "section".to_owned() } else { name };
    let is_free = |key: &str| taken.iter().all(|part| part.key != key);
    if is_free(&name) {
        return name;
    }
    (2..).map(|number| format!("{name}-{number}")).find(|key| is_free(key)).unwrap_or(name)
}

/// Byte after the front matter's closing line; 0 without front matter.
pub(super) fn front_matter_end(source: &str) -> usize {
    let block = crate::text::markdown::blocks(source).into_iter().next();
    match block {
        Some(block) if block.kind == crate::text::markdown::BlockKind::FrontMatter => {
            let rest = &source[block.span.end..];
            block.span.end
                + rest.find('\n').map_or(0, |at| if rest[..at].trim().is_empty() { at + 1 } else { 0 })
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "---\nid: A-1\n---\n# Title\n\n> note\n\n## Impact\n\nBad.\n\n### Users\n\nMany.\n\n## Impact\n\nAgain.\n";

    #[test]
    fn parts_cover_the_source_and_have_their_own_keys() {
        let parts = parts(SOURCE);
        let keys: Vec<&str> = parts.iter().map(|part| part.key.as_str()).collect();
        assert_eq!(keys, ["head", "impact", "impact-2"]);
        let together: String = parts.iter().map(|part| part.span.of(SOURCE)).collect();
        assert_eq!(format!("---\nid: A-1\n---\n{together}"), SOURCE);
        assert_eq!(parts[1].text(SOURCE), "## Impact\n\nBad.\n\n### Users\n\nMany.");
    }

    #[test]
    fn only_the_edited_part_changes_and_line_ends_stay() {
        let edited = replaced(SOURCE, "impact", "## Impact\n\nWorse.\n").unwrap();
        assert_eq!(edited, SOURCE.replace("Bad.\n\n### Users\n\nMany.", "Worse."));
        let dos = SOURCE.replace('\n', "\r\n");
        let edited = replaced(&dos, "impact-2", "## Impact\n\nTwice.").unwrap();
        assert_eq!(edited, dos.replace("Again.", "Twice."));
        assert_eq!(replaced(&dos, "head", &parts(&dos)[0].text(&dos)).unwrap(), dos);
        assert_eq!(replaced(SOURCE, "nowhere", ""), None);
    }
}
