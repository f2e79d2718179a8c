//! The report for a wiki.

use std::fmt::Write;

use super::Report;
use crate::trends::Table;

/// Ids written out in a table cell; of more the rest is counted.
const WRITTEN: usize = 12;

impl Report {
    /// CommonMark with tables.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        let filter =
            if self.filter.is_empty() { String::new() } else { format!(" ({})", self.filter.join(", ")) };
        let _ = writeln!(text, "# Incidents in {}{}\n", self.period, escape(&filter));
        let _ =
            writeln!(text, "Judged as of {}. Every number names the postmortems behind it.\n", self.as_of);
        for (at, sentence) in self.sentences.iter().enumerate() {
            let _ = writeln!(text, "{}. {}", at + 1, escape(sentence));
        }
        let _ = writeln!(text, "\n## What can be concluded\n");
        for caution in &self.cautions {
            let _ = writeln!(text, "- {}", escape(caution));
        }
        for part in &self.parts {
            let _ = writeln!(text, "\n## {}\n", part.metric.title());
            for finding in &part.section.findings {
                let _ = writeln!(text, "{}\n", escape(finding));
            }
            for table in &part.section.tables {
                write_table(&mut text, table);
            }
            for chart in &part.section.charts {
                let _ = writeln!(text, "{}: {}\n", escape(&chart.title), escape(&chart.description));
            }
            let _ = writeln!(text, "*How: {}*", escape(part.metric.definition()));
        }
        let _ = writeln!(text, "\n## Data quality\n");
        if self.faults.is_empty() {
            let _ = writeln!(text, "Nothing was found that would spoil a figure.");
        }
        for fault in &self.faults {
            let _ = writeln!(text, "- `{}:{}` {}", fault.file, fault.line, escape(&fault.what));
        }
        let _ = writeln!(text, "\n## Postmortems behind the numbers\n");
        for listed in &self.listed {
            let _ = writeln!(
                text,
                "- {} {} · {} · [{}](<{}>)",
                listed.day,
                listed.severity,
                escape(&listed.id),
                escape(&listed.title),
                listed.link
            );
        }
        text
    }
}

fn write_table(text: &mut String, table: &Table) {
    let _ = writeln!(text, "**{}**\n", escape(&table.caption));
    let mut columns = table.columns.clone();
    columns.push("Postmortems");
    let _ = writeln!(text, "| {} |", columns.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(columns.len()));
    for row in &table.rows {
        let mut cells: Vec<String> = row.cells.iter().map(|cell| escape(&cell.text)).collect();
        let mut named =
            row.incidents.iter().take(WRITTEN).map(|id| escape(id)).collect::<Vec<_>>().join(", ");
        if row.incidents.len() > WRITTEN {
            let _ = write!(named, " and {} more", row.incidents.len() - WRITTEN);
        }
        cells.push(named);
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    let _ = writeln!(text, "\n{}", escape(&table.note));
}

/// Titles and actions are other people's text: nothing in it becomes mark-up.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
