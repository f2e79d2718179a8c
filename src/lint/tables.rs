//! The tables of a document: header cells by column, rows by their cells.

use std::ops::Range;

use crate::text::markdown::{Block, BlockKind};

/// Words of headers over columns that hold owners, dates and states, not prose.
const REFERENCES: [&str; 18] = [
    "owner", "due", "status", "assignee", "date", "time", "ticket", "tracking", "priority", "type", "who",
    "severity", "id", "source", "when", "deadline", "name", "role",
];

#[derive(Clone, Debug, Default)]
struct Table {
    /// Block of the header cell and whether its column refers to something, by column.
    headers: Vec<(usize, bool)>,
    /// Blocks of each row's cells; row 0 is the header.
    rows: Vec<Range<usize>>,
}

/// All tables, by the number that the blocks carry.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables(Vec<Table>);

impl Tables {
    pub(crate) fn new(blocks: &[Block]) -> Self {
        let mut tables: Vec<Table> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let BlockKind::TableCell { table: number, row, .. } = block.kind else { continue };
            if tables.len() <= number {
                tables.resize_with(number + 1, Table::default);
            }
            let table = &mut tables[number];
            if row == 0 {
                table.headers.push((index, is_reference(&block.text)));
            }
            if table.rows.len() <= row {
                table.rows.resize(row + 1, index..index);
            }
            table.rows[row].end = index + 1;
        }
        Self(tables)
    }

    /// Block of the header cell over a column.
    pub(crate) fn header(&self, table: usize, column: usize) -> Option<usize> {
        self.0.get(table)?.headers.get(column).map(|&(block, _)| block)
    }

    /// Columns of owners, dates and states hold no prose.
    pub(crate) fn is_reference_column(&self, table: usize, column: usize) -> bool {
        self.0.get(table).and_then(|table| table.headers.get(column)).is_some_and(|&(_, reference)| reference)
    }

    /// Blocks of a row's cells, in order.
    pub(crate) fn row(&self, table: usize, row: usize) -> Range<usize> {
        self.0.get(table).and_then(|table| table.rows.get(row)).cloned().unwrap_or_default()
    }
}

fn is_reference(header: &str) -> bool {
    let lower = header.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| REFERENCES.contains(&word))
}
