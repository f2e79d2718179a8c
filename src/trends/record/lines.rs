//! Where in a document's head a field stands, and how it was written.

/// Lines below which a head ends.
const HEAD: usize = 60;

/// The head of a document: each `key: value` or `| key | value |` line with its number.
pub(super) struct Head<'a> {
    fields: Vec<(String, &'a str, usize)>,
}

impl<'a> Head<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let fields = source
            .lines()
            .take(HEAD)
            .enumerate()
            .filter_map(|(at, line)| field(line).map(|(key, value)| (key, value, at + 1)))
            .collect();
        Self { fields }
    }

    /// The value as written and its line, under the first of the keys that occurs.
    pub(super) fn find(&self, keys: &[&str]) -> Option<(&'a str, usize)> {
        keys.iter()
            .find_map(|wanted| self.fields.iter().find(|(key, _, _)| key == wanted))
            .map(|(_, value, line)| (*value, *line))
    }

    /// Line of a field, or 1.
    pub(super) fn line(&self, keys: &[&str]) -> usize {
        self.find(keys).map_or(1, |(_, line)| line)
    }
}

fn field(line: &str) -> Option<(String, &str)> {
    let line = line.trim();
    let (key, value) = match line.strip_prefix('|') {
        Some(row) => row.trim_end_matches('|').split_once('|')?,
        None => line.split_once(':')?,
    };
    let mark = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '`' | '"' | '\'' | '>');
    let key = key.trim_matches(mark).to_lowercase().replace([' ', '-'], "_");
    let value = value.trim_matches(mark);
    (!key.is_empty() && key.len() <= 30).then_some((key, value))
}

/// Line of the first occurrence of `text` at or below line `from`; `from` when it is not found.
pub(super) fn line_of(source: &str, text: &str, from: usize) -> usize {
    let needle: String = text.chars().take(40).collect();
    if needle.is_empty() {
        return from;
    }
    source
        .lines()
        .enumerate()
        .skip(from.saturating_sub(1))
        .find(|(_, line)| line.contains(&needle))
        .map_or(from, |(at, _)| at + 1)
}
