//! Action items with owner, date and ticket, from lists and tables.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;
use crate::text::markdown::{Block, BlockKind};

use super::ascii;
use super::language::Kind;
use super::page::Page;
use super::section::SectionKind;

/// One action item.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    /// The action's text in the source.
    pub(super) span: Span,
    pub(super) text: String,
    pub(super) owner: Option<Owner>,
    pub(super) due: Due,
    pub(super) ticket: bool,
    pub(super) done: bool,
}

/// Who an action is given to.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) span: Span,
}

/// By when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    Day,
    /// Words that name no day.
    Vague(Span),
    None,
}

impl Owner {
    /// Everyone, all, we, TBD.
    pub(super) fn is_nobody(&self) -> bool {
        let lower = self.name.to_lowercase();
        let first = lower.split_whitespace().next().unwrap_or_default();
        matches!(
            first,
            "everyone"
                | "everybody"
                | "all"
                | "we"
                | "us"
                | "tbd"
                | "tbc"
                | "team-to-be-decided"
                | "anyone"
                | "unassigned"
                | "n/a"
                | "none"
                | "?"
                | "-"
                | "–"
                | "someone"
                | "somebody"
                | "nobody"
                | "various"
                | "todo"
                | "open"
        ) || lower.starts_with("to be")
            || lower.starts_with("not yet")
    }
}

static OWNER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(r"(?i)\b(?:owners?|assignee|assigned to|responsible|dri)\b\s*[:=]?\s*(@?[^,;().|\n]+)")
});
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(
        r"(?i)\b(?:\d{4}-\d{2}-\d{2}|\d{4}/\d{2}/\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b)",
    )
});
static VAGUE_DUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(
        r"(?i)\b(?:asap|as soon as possible|soon|ongoing|continuous(?:ly)?|eventually|next (?:sprint|quarter|month|week|iteration|release|year)|this (?:sprint|quarter|month|week|year)|end of (?:quarter|year|month|the (?:quarter|year|month))|q[1-4](?:[ /-]?\d{2,4})?|\d{4}[ -]?q[1-4]|h[12] \d{4}|when (?:possible|time allows|we have time|there is time)|some ?day|later|tbd|tbc|to be (?:decided|determined|defined|confirmed)|mid-?term|long[- ]term|short[- ]term)\b",
    )
});
static TICKET: LazyLock<Option<Regex>> =
    LazyLock::new(|| ascii::pattern(r"\b[A-Z][A-Z0-9]{1,9}-\d+\b|#\d+|![0-9]+|https?://"));

/// All action items of a document in order.
pub(super) fn tasks(page: &Page<'_>) -> Vec<Task> {
    let mut found: Vec<Task> = Vec::new();
    let mut row_of: Option<(usize, usize)> = None;
    for (index, block) in page.blocks_in(SectionKind::Actions) {
        match block.kind {
            BlockKind::ListItem { depth, .. } => {
                if depth == 1 || found.is_empty() || !is_detail(block) {
                    found.push(from_text(page, index));
                } else if let Some(parent) = found.last_mut() {
                    absorb(parent, from_text(page, index));
                }
            }
            BlockKind::Paragraph if block.quoted => {}
            BlockKind::Paragraph => {
                let intro =
                    block.text.trim_end().ends_with(':') || block.text.split_whitespace().count() > 45;
                if !intro
                    && !page.sentences_in(index).is_empty()
                    && found.is_empty()
                    && !has_items(page)
                    && !super::skeleton::says_none(&block.text)
                {
                    found.push(from_text(page, index));
                }
            }
            BlockKind::TableCell { table, row, .. } if row > 0 && row_of != Some((table, row)) => {
                row_of = Some((table, row));
                if let Some(task) = from_row(page, table, row) {
                    found.push(task);
                }
            }
            _ => {}
        }
    }
    found
}

fn has_items(page: &Page<'_>) -> bool {
    page.blocks_in(SectionKind::Actions)
        .any(|(_, block)| matches!(block.kind, BlockKind::ListItem { .. } | BlockKind::TableCell { .. }))
}

/// A nested item that says more of its parent.
fn is_detail(block: &Block) -> bool {
    let lower = block.text.to_lowercase();
    [
        "owner",
        "due",
        "status",
        "ticket",
        "assignee",
        "date",
        "deadline",
        "priority",
        "type",
        "tracking",
        "verification",
    ]
    .iter()
    .any(|label| lower.starts_with(label))
}

fn absorb(parent: &mut Task, detail: Task) {
    parent.owner = parent.owner.take().or(detail.owner);
    if parent.due == Due::None {
        parent.due = detail.due;
    }
    parent.ticket |= detail.ticket;
}

fn from_text(page: &Page<'_>, index: usize) -> Task {
    let block = &page.blocks[index];
    let text = &block.text;
    let at = |from: usize, to: usize| block.source_span(Span::new(from, to));
    let owner = OWNER
        .as_ref()
        .and_then(|owner| owner.captures(text))
        .and_then(|found| found.get(1))
        .map(|name| Owner {
            name: name.as_str().trim().to_owned(),
            span: at(name.start(), name.start() + name.as_str().trim_end().len()),
        })
        .filter(|owner| !owner.name.is_empty())
        .or_else(|| implied_owner(page, index));
    Task {
        span: at(0, text.len()),
        text: text.clone(),
        owner,
        due: due_in(text, &at),
        ticket: TICKET.as_ref().is_some_and(|ticket| ticket.is_match(text)),
        done: block.task == Some(true),
    }
}

/// A known name, a handle or a team at the beginning, or in the tail after a dash, a semicolon or inside parentheses.
fn implied_owner(page: &Page<'_>, block: usize) -> Option<Owner> {
    for sentence in page.sentences_in(block) {
        for agent in &sentence.agents {
            use super::language::AgentKind::{Handle, Name, Role, Team, Vendor};
            let named = matches!(agent.kind, Name | Handle | Team | Role | Vendor);
            // "Replace the controller": what follows the verb is its object
            let opens = agent.start <= sentence.lead
                || agent.start == sentence.lead + 1
                    && sentence.tokens.get(sentence.lead).is_none_or(|token| token.kind != Kind::Word);
            let tail = sentence
                .is_one_of(agent.start.saturating_sub(1), &["(", "-", "–", "—", ";", ":", "[", ",", "by"])
                || agent.kind == Handle;
            if named && (opens || tail) && !agent.possessive {
                return Some(Owner {
                    name: sentence.slice(agent.start, agent.end).to_owned(),
                    span: page.span_of(sentence, agent.start, agent.end),
                });
            }
        }
    }
    None
}

fn due_in(text: &str, at: &impl Fn(usize, usize) -> Span) -> Due {
    if DATE.as_ref().is_some_and(|date| date.is_match(text)) {
        return Due::Day;
    }
    let words = VAGUE_DUE.as_ref().and_then(|vague| vague.find_iter(text).last());
    // "later" inside the action itself is no date: only after "due", "by", or in the tail
    words
        .filter(|found| {
            let before = text[..found.start()].to_lowercase();
            let labelled = ["due", "by", "date", "deadline", "until", "target", "eta", "when"]
                .iter()
                .any(|label| before.trim_end_matches([':', ' ', '(', '=']).ends_with(label));
            let tail = before.trim_end().ends_with([',', ';', '(', '–', '—', '-', '|', '.'])
                || before.trim().is_empty();
            labelled || tail
        })
        .map_or(Due::None, |found| Due::Vague(at(found.start(), found.end())))
}

fn from_row(page: &Page<'_>, table: usize, row: usize) -> Option<Task> {
    let cells: Vec<(usize, &Block)> =
        page.tables.row(table, row).map(|index| (index, &page.blocks[index])).collect();
    let header = |index: usize| page.header_of(index).to_lowercase();
    let named = |labels: &[&str]| {
        cells.iter().find(|(index, _)| labels.iter().any(|label| header(*index).contains(label))).copied()
    };
    let action = named(&["action", "task", "item", "what", "description", "todo"])
        .or_else(|| cells.iter().copied().max_by_key(|(_, cell)| cell.text.len()))?;
    let mut task = from_text(page, action.0);
    if let Some((_, cell)) = named(&["owner", "assignee", "who", "responsible", "dri", "lead"]) {
        let name = cell.text.trim();
        task.owner = (!name.is_empty() && !matches!(name, "-" | "–" | "—"))
            .then(|| Owner { name: name.to_owned(), span: cell.source_span(Span::new(0, cell.text.len())) });
    }
    if let Some((_, cell)) = named(&["due", "date", "deadline", "when", "target", "eta"]) {
        let at = |from: usize, to: usize| cell.source_span(Span::new(from, to));
        task.due = due_in(&cell.text, &at);
    }
    if let Some((_, cell)) = named(&["status", "state", "done"]) {
        let state = cell.text.to_lowercase();
        task.done = ["done", "closed", "complete", "finished", "resolved", "yes"]
            .iter()
            .any(|word| state.contains(word));
    }
    task.ticket |=
        cells.iter().any(|(_, cell)| TICKET.as_ref().is_some_and(|ticket| ticket.is_match(&cell.text)));
    Some(task)
}
