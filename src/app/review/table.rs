//! Edits the action table in place: only the cells that change are written anew.

use pulldown_cmark::{Event, Parser, Tag};

use super::part::parts;
use crate::document::SectionKind;
use crate::text::Span;
use crate::text::markdown::options;

/// The table of the first action section, cell by cell as Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    /// As many cells in each row as in the header.
    pub rows: Vec<Vec<String>>,
    span: Span,
}

/// The columns of a table that the tool starts.
pub const COLUMNS: [&str; 9] =
    ["ID", "Action", "Type", "Priority", "Owner", "Due", "Status", "Tracking", "Verification"];

impl Table {
    /// The first table under the action items that has a column for the action.
    #[must_use]
    pub fn find(source: &str) -> Option<Self> {
        let section = parts(source).into_iter().find(|part| part.kind == Some(SectionKind::Actions))?;
        let text = section.span.of(source);
        Parser::new_ext(text, options())
            .into_offset_iter()
            .filter(|(event, _)| matches!(event, Event::Start(Tag::Table(_))))
            .find_map(|(_, range)| Self::read(&text[range.clone()], section.span.start + range.start))
    }

    fn read(text: &str, start: usize) -> Option<Self> {
        let text = text.trim_end();
        let mut lines = text.lines();
        let header = cells(lines.next()?);
        lines.next()?;
        let rows = lines.map(|line| {
            let mut row = cells(line);
            row.resize(header.len(), String::new());
            row
        });
        let table = Self { rows: rows.collect(), header, span: Span::new(start, start + text.len()) };
        table.column("action").is_some().then_some(table)
    }

    /// Where it stands in the source.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Number of the column that holds a field, by the names that people give it.
    #[must_use]
    pub fn column(&self, field: &str) -> Option<usize> {
        let names: &[&str] = match field {
            "action" => {
                &["action", "action item", "action items", "description", "task", "item", "what", "title"]
            }
            "type" => &["type", "kind", "category"],
            "priority" => &["priority", "prio"],
            "owner" => &["owner", "assignee", "dri", "responsible", "who", "owner(s)", "assigned to"],
            "due" => &["due", "due date", "deadline", "target", "target date", "by", "when", "eta"],
            "status" => &["status", "state"],
            "tracking" => &["tracking", "ticket", "issue", "link", "bug", "jira", "tracking issue"],
            "verification" => &["verification", "verified by", "how verified", "acceptance", "done when"],
            "id" => &["id", "#", "no", "no.", "nr"],
            _ => &[],
        };
        self.header.iter().position(|name| names.contains(&name.trim().to_lowercase().as_str()))
    }

    /// A cell's text, dashes for "nothing" left out.
    #[must_use]
    pub fn value(&self, row: usize, field: &str) -> &str {
        let cell = self.column(field).and_then(|column| self.rows.get(row)?.get(column));
        match cell.map_or("", |cell| cell.trim()) {
            "-" | "–" | "—" => "",
            text => text,
        }
    }

    /// The source with one cell set; a missing column is added, a row beyond the last one too.
    #[must_use]
    pub fn with(mut self, source: &str, row: usize, fields: &[(String, String)]) -> String {
        while self.rows.len() <= row {
            let mut new = vec!["–".to_owned(); self.header.len()];
            if let Some(column) = self.column("id") {
                new[column] = self.next_id(column);
            }
            if let Some(column) = self.column("status") {
                new[column] = "open".to_owned();
            }
            self.rows.push(new);
        }
        for (field, value) in fields {
            let column = match self.column(field) {
                Some(column) => column,
                None => {
                    self.header.push(capitalised(field));
                    for row in &mut self.rows {
                        row.push("–".to_owned());
                    }
                    self.header.len() - 1
                }
            };
            self.rows[row][column] = cell_of(value);
        }
        let before = &source[..self.span.start];
        let text = self.markdown();
        let text = if source.contains("\r\n") { text.replace('\n', "\r\n") } else { text };
        format!("{before}{text}{}", &source[self.span.end..])
    }

    /// `INC-7-04` after `INC-7-03`.
    fn next_id(&self, column: usize) -> String {
        let last = self.rows.last().map_or("", |row| row[column].trim());
        let stem = last.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &last[stem.len()..];
        match digits.parse::<u32>() {
            Ok(number) => format!("{stem}{:0width$}", number + 1, width = digits.len()),
            Err(_) => format!("AI-{}", self.rows.len() + 1),
        }
    }

    fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let rule = format!("|{}", "---|".repeat(self.header.len()));
        let head = [line(&self.header), rule];
        head.into_iter().chain(self.rows.iter().map(|row| line(row))).collect::<Vec<_>>().join("\n")
    }
}

/// An empty table of our own, for a section that has none.
#[must_use]
pub fn started(section: &str) -> String {
    let header = COLUMNS.join(" | ");
    format!("{}\n\n| {header} |\n|{}", section.trim_end(), "---|".repeat(COLUMNS.len()))
}

/// Splits a table line at its unescaped bars.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        match (c, cells.last_mut()) {
            ('|', _) if !escaped => cells.push(String::new()),
            (_, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
        escaped = c == '\\' && !escaped;
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// A value as one cell: one line, bars escaped.
fn cell_of(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cell = String::new();
    let mut escaped = false;
    for c in line.chars() {
        if c == '|' && !escaped {
            cell.push('\\');
        }
        cell.push(c);
        escaped = c == '\\' && !escaped;
    }
    if escaped {
        cell.push('\\');
    }
    if cell.is_empty() { "–".to_owned() } else { cell }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "# T\n\n## Action items\n\nAgreed:\n\n| ID | Action | Owner |\n|---|---|---|\n| A-09 | Add `a\\|b` [^E1] | – |\n\n## End\n";

    #[test]
    fn one_cell_changes_and_a_missing_column_appears() {
        let table = Table::find(SOURCE).unwrap();
        assert_eq!(table.value(0, "action"), "Add `a\\|b` [^E1]");
        assert_eq!(table.value(0, "owner"), "");
        let fields = [
            ("owner".to_owned(), "Ops | night".to_owned()),
            ("verification".to_owned(), "it\nruns".to_owned()),
        ];
        let edited = table.with(SOURCE, 0, &fields);
        let expected = "| ID | Action | Owner | Verification |\n|---|---|---|---|\n| A-09 | Add `a\\|b` [^E1] | Ops \\| night | it runs |\n\n## End\n";
        assert!(edited.ends_with(expected), "{edited}");
        let again = Table::find(&edited).unwrap();
        assert_eq!(again.value(0, "owner"), "Ops \\| night");
        let added = again.with(&edited, 1, &[("action".to_owned(), "More".to_owned())]);
        assert!(added.contains("| A-10 | More | – | – |"), "{added}");
    }
}
