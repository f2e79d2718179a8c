//! Suppression comments: `<!-- unblame allow BLM009 -- reason -->` for the next or the same block, `allow-line`, `allow-file`,
//! and `off BLM009 -- reason` up to `on`.

use crate::text::{LineIndex, Span};

/// A suppression with the lines it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suppression {
    /// Rule ids, names or three-letter prefixes; empty means every rule.
    pub(crate) rules: Vec<String>,
    pub(crate) has_reason: bool,
    /// The comment.
    pub(crate) span: Span,
    /// First and last line covered, from 1.
    pub(crate) lines: (usize, usize),
}

const OPEN: &str = "<!--";

/// All suppressions of a document. Comments inside code blocks are text, not orders: `code` tells which bytes are code.
pub(crate) fn suppressions(
    source: &str,
    lines: &LineIndex,
    code: impl Fn(usize) -> bool,
) -> Vec<Suppression> {
    let mut found: Vec<Suppression> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, _) in source.match_indices(OPEN) {
        if code(at) {
            continue;
        }
        let Some(length) = source[at..].find("-->") else { continue };
        let span = Span::new(at, at + length + 3);
        let Some(order) = source[at + OPEN.len()..at + length].trim().strip_prefix("unblame ") else {
            continue;
        };
        let (order, reason) = order.split_once("--").unwrap_or((order, ""));
        let mut words = order.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        let verb = words.next().unwrap_or_default();
        let rules: Vec<String> = words.map(str::to_owned).collect();
        let line = lines.line(at);
        let last = lines.line_count();
        let covered = match verb {
            "allow" => block_lines(source, lines, span),
            "allow-line" | "allow-next-line" => {
                let own = !source[lines.start_of(line)..at].trim().is_empty();
                if own { (line, line) } else { (line + 1, line + 1) }
            }
            "allow-file" => (1, last),
            "off" => {
                open.push(found.len());
                (line, last)
            }
            "on" => {
                for index in open.drain(..) {
                    found[index].lines.1 = line;
                }
                continue;
            }
            _ => continue,
        };
        found.push(Suppression { rules, has_reason: !reason.trim().is_empty(), span, lines: covered });
    }
    found
}

/// A comment after text covers its own block; one on a line of its own covers the block that follows.
fn block_lines(source: &str, lines: &LineIndex, comment: Span) -> (usize, usize) {
    let line = lines.line(comment.start);
    let text_of = |number: usize| {
        let from = lines.start_of(number);
        let to = if number < lines.line_count() { lines.start_of(number + 1) } else { source.len() };
        source[from..to.max(from)].trim()
    };
    let alone = text_of(line) == comment.of(source).trim();
    let mut first = line;
    if alone {
        first = line + 1;
        while first < lines.line_count() && text_of(first).is_empty() {
            first += 1;
        }
    }
    let mut end = first;
    let is_item = |text: &str| {
        text.starts_with(['-', '*', '+', '|', '#'])
            || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(". ")
    };
    while end < lines.line_count() && !text_of(end + 1).is_empty() && !is_item(text_of(end + 1)) {
        end += 1;
    }
    (line.min(first), end)
}

impl Suppression {
    pub(crate) fn names(&self, rule: &super::Rule) -> bool {
        self.rules.is_empty()
            || self.rules.iter().any(|name| {
                name == rule.id
                    || name == rule.name
                    || (name.len() == 3 && rule.id.starts_with(name.as_str()))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_covers_its_block_its_line_or_the_file() {
        let source = "a <!-- unblame allow BLM009 -- quoted -->\n\n<!-- unblame allow HND -->\nb\nc\n\nd\n<!-- unblame off -->\ne\n<!-- unblame on -->\nf\n";
        let found = suppressions(source, &LineIndex::new(source), |_| false);
        let lines: Vec<_> = found.iter().map(|one| (one.lines, one.has_reason)).collect();
        assert_eq!(lines, [((1, 1), true), ((3, 5), false), ((8, 10), false)]);
    }
}
