//! Writes a status into the table or list that holds an item, and leaves every other byte alone.

use jiff::civil::Date;

use crate::domain::{ActionItem, ActionStatus};
use crate::text::Span;
use crate::text::markdown::{Block, BlockKind, blocks};

/// The document with the item's status set, `None` when it has no place for one. A closing day goes into the column
/// for it, where there is one.
#[must_use]
pub fn set_status(
    source: &str,
    item: &ActionItem,
    status: ActionStatus,
    closed: Option<Date>,
) -> Option<String> {
    let blocks = blocks(source);
    let mut edits =
        in_table(&blocks, source, item, status, closed).or_else(|| in_list(&blocks, source, item, status))?;
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = source.to_owned();
    for (span, new) in edits {
        text.replace_range(span.range(), &new);
    }
    Some(text)
}

type Edit = (Span, String);

fn in_table(
    blocks: &[Block],
    source: &str,
    item: &ActionItem,
    status: ActionStatus,
    closed: Option<Date>,
) -> Option<Vec<Edit>> {
    let cell = |table: usize, row: usize, column: usize| {
        blocks.iter().find(|block| block.kind == BlockKind::TableCell { table, row, column })
    };
    let (table, row) = blocks.iter().find_map(|block| match block.kind {
        BlockKind::TableCell { table, row, .. } if row > 0 && block.text.trim() == item.action => {
            let numbered =
                item.id.starts_with('#') || cells(blocks, table, row).any(|cell| cell.text.trim() == item.id);
            numbered.then_some((table, row))
        }
        _ => None,
    })?;
    let column = |names: &[&str]| {
        cells(blocks, table, 0).find_map(|head| match head.kind {
            BlockKind::TableCell { column, .. }
                if names.contains(&head.text.trim().to_lowercase().as_str()) =>
            {
                Some(column)
            }
            _ => None,
        })
    };
    let state = column(&["status", "state", "done"]).and_then(|column| cell(table, row, column))?;
    let mut edits = vec![(inner(state, source), status.name().to_owned())];
    let place = column(&["closed", "closed at", "closed on", "completed", "done on"])
        .and_then(|column| cell(table, row, column));
    if let (Some(place), false) = (place, status.is_open()) {
        edits.extend(closed.map(|day| (inner(place, source), day.to_string())));
    }
    Some(edits)
}

fn cells(blocks: &[Block], table: usize, row: usize) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(move |block| matches!(block.kind, BlockKind::TableCell { table: t, row: r, .. } if (t, r) == (table, row)))
}

/// The cell without its bars and the white space inside them; an empty cell keeps one blank on either side.
fn inner(cell: &Block, source: &str) -> Span {
    let text = cell.span.of(source);
    let body = text.trim_start_matches('|').trim_end_matches('|');
    let start = cell.span.start + (text.len() - text.trim_start_matches('|').len());
    let lead = body.len() - body.trim_start().len();
    match body.trim() {
        "" => Span::new(start + lead.min(1), start + lead.min(1)),
        trimmed => Span::new(start + lead, start + lead + trimmed.len()),
    }
}

fn in_list(blocks: &[Block], source: &str, item: &ActionItem, status: ActionStatus) -> Option<Vec<Edit>> {
    let block = blocks.iter().find(|block| {
        matches!(block.kind, BlockKind::ListItem { .. })
            && block.task.is_some()
            && block.text.contains(item.action.as_str())
    })?;
    let at = block.span.start + block.span.of(source).find('[')? + 1;
    let mark = if status.is_open() { " " } else { "x" };
    Some(vec![(Span::new(at, at + 1), mark.to_owned())])
}
