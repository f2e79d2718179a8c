//! The lines of an incident that can be quoted: sentences of prose, rows of tables, lines of logs.

use crate::document::SectionKind;
use crate::domain::PastIncident;
use crate::text::markdown::{Block, BlockKind, blocks};
use crate::text::sentences;

/// Lines of one incident that are compared.
const MOST: usize = 300;
/// Characters of a quote.
const LONGEST: usize = 240;

/// Quotable lines in their order, headings and table heads left out.
pub(super) fn quotable_lines(incident: &PastIncident) -> Vec<String> {
    let is_markdown = incident.path.ends_with(".md") || incident.path.ends_with(".markdown");
    let mut lines = if is_markdown { from_markdown(&incident.text) } else { from_plain(&incident.text) };
    lines.retain(|line| !is_heading(line) && is_informative(line));
    if lines.is_empty() {
        lines.push(incident.title.clone());
    }
    lines.truncate(MOST);
    lines.into_iter().map(|line| shortened(&line)).collect()
}

fn from_markdown(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut row: (Option<(usize, usize)>, Vec<&Block>) = (None, Vec::new());
    let blocks = blocks(text);
    for block in &blocks {
        let place = match block.kind {
            BlockKind::TableCell { table, row, .. } => Some((table, row)),
            _ => None,
        };
        if place != row.0 {
            lines.extend(joined(&row.1));
            row = (place, Vec::new());
        }
        match block.kind {
            BlockKind::TableCell { row: 0, .. } | BlockKind::Heading(_) | BlockKind::FrontMatter => {}
            BlockKind::TableCell { .. } => row.1.push(block),
            BlockKind::Code => lines.extend(block.text.lines().map(|line| line.trim().to_owned())),
            _ => lines.extend(sentences(&block.text).into_iter().map(|span| span.of(&block.text).to_owned())),
        }
    }
    lines.extend(joined(&row.1));
    lines.retain(|line| !line.is_empty());
    lines
}

fn joined(row: &[&Block]) -> Option<String> {
    let cells: Vec<&str> = row.iter().map(|cell| cell.text.trim()).filter(|cell| !cell.is_empty()).collect();
    (!cells.is_empty()).then(|| cells.join(" · "))
}

fn from_plain(text: &str) -> Vec<String> {
    let trimmed = text.lines().map(str::trim).filter(|line| !line.is_empty());
    trimmed
        .flat_map(|line| {
            if line.chars().count() <= LONGEST {
                return vec![line.to_owned()];
            }
            sentences(line).into_iter().map(|span| span.of(line).to_owned()).collect()
        })
        .collect()
}

/// A section's name stands in every postmortem of a template.
fn is_heading(line: &str) -> bool {
    const LONGEST_HEADING: usize = 60;
    let sentence = line.contains(": ") || line.ends_with(['.', '!', '?', ';']);
    !sentence && line.chars().count() <= LONGEST_HEADING && SectionKind::of_heading(line).is_some()
}

/// Says something of this incident: a sentence or a row with words, none of the lines that every timeline has.
fn is_informative(line: &str) -> bool {
    /// Fewer words than these are a label.
    const FEWEST_WORDS: usize = 3;
    /// What the tool and most templates write themselves.
    const STOCK: [&str; 11] = [
        "no recorded activity",
        "no activity is recorded",
        "fired while the incident was open",
        "the first signal was an alert",
        "not stated in the evidence",
        "none recorded",
        "to be filled in",
        "no action item",
        "draft from collected evidence",
        "see the timeline",
        "acknowledged by the on-call",
    ];
    let lower = line.to_lowercase();
    let words =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    words.take(FEWEST_WORDS).count() == FEWEST_WORDS && !STOCK.iter().any(|stock| lower.contains(stock))
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}
