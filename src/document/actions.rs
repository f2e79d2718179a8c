//! Action items out of tables and lists of any usual layout.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::moment::{Moment, parse_moment};
use super::{Postmortem, SectionKind};
use crate::domain::{ActionItem, ActionKind, ActionStatus, Priority};
use crate::text::markdown::{Block, BlockKind, blocks, without_marks};

static FIELD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[\[(,;|–—-]*\s*\b(owner|assignee|dri|responsible|due|deadline|target date|by|closed|completed|done|status|type|priority|tracking|ticket|verification)\s*:\s*((?:\([^()]*\)|[^,;|)\]])+)[)\]]?").ok()
});
static LEADING_ID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\[?([A-Z][A-Za-z]*-?[\d-]*\d)\]?\s*[:.–—-]?\s+").ok());

/// The action items of a document, in order, from its action sections; ids are `#1`, `#2`, … where it gives none.
#[must_use]
pub fn action_items(postmortem: &Postmortem) -> Vec<ActionItem> {
    let mut items = Vec::new();
    let mut inside = None;
    for section in &postmortem.sections {
        if inside.is_some_and(|level| section.level <= level) {
            inside = None;
        }
        if section.kind == Some(SectionKind::Actions) && inside.is_none() {
            inside = Some(section.level);
        }
        if inside.is_some() {
            collect(&section.body, &section.heading, &mut items);
        }
    }
    for (at, item) in items.iter_mut().enumerate() {
        if item.id.is_empty() {
            item.id = format!("#{}", at + 1);
        }
    }
    items
}

fn collect(body: &str, heading: &str, items: &mut Vec<ActionItem>) {
    let blocks = blocks(body);
    let mut header: Vec<Column> = Vec::new();
    let mut row: Vec<&Block> = Vec::new();
    let mut row_number = (0, 0);
    for block in &blocks {
        match block.kind {
            BlockKind::TableCell { table, row: at, column } => {
                if (table, at) != row_number {
                    items.extend(from_row(&header, &row));
                    row.clear();
                    row_number = (table, at);
                }
                if at == 0 {
                    if column == 0 {
                        header.clear();
                    }
                    header.push(Column::of(&block.text));
                } else {
                    row.push(block);
                }
            }
            BlockKind::ListItem { depth: 1, .. } if !block.quoted => {
                items.extend(from_list_item(block, heading))
            }
            _ => {}
        }
    }
    items.extend(from_row(&header, &row));
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Action,
    Kind,
    Priority,
    Owner,
    Due,
    Status,
    Closed,
    Tracking,
    Verification,
    Other,
}

impl Column {
    fn of(heading: &str) -> Self {
        match heading.trim().to_lowercase().as_str() {
            "id" | "#" | "no" | "no." | "nr" => Self::Id,
            "action" | "action item" | "action items" | "description" | "task" | "item" | "what"
            | "title" | "follow-up" => Self::Action,
            "type" | "kind" | "category" => Self::Kind,
            "priority" | "prio" => Self::Priority,
            "owner" | "assignee" | "dri" | "responsible" | "who" | "owner(s)" | "assigned to" | "team" => {
                Self::Owner
            }
            "due" | "due date" | "deadline" | "target" | "target date" | "by" | "when" | "eta" => Self::Due,
            "status" | "state" | "done" => Self::Status,
            "closed" | "closed at" | "completed" | "closed on" | "done on" => Self::Closed,
            "tracking" | "ticket" | "issue" | "link" | "bug" | "jira" | "tracking issue" => Self::Tracking,
            "verification" | "verified by" | "how verified" | "acceptance" | "done when" => {
                Self::Verification
            }
            _ => Self::Other,
        }
    }
}

fn blank() -> ActionItem {
    ActionItem {
        id: String::new(),
        action: String::new(),
        kind: None,
        priority: None,
        owner: None,
        due: None,
        status: ActionStatus::Open,
        closed: None,
        tracking: None,
        verification: None,
        line: 0,
    }
}

fn from_row(header: &[Column], row: &[&Block]) -> Option<ActionItem> {
    if row.is_empty() || !header.contains(&Column::Action) {
        return None;
    }
    let mut item = blank();
    for (column, cell) in header.iter().zip(row) {
        set(&mut item, *column, cell.text.trim());
    }
    (!item.action.is_empty()).then_some(item)
}

fn from_list_item(block: &Block, heading: &str) -> Option<ActionItem> {
    let mut item = blank();
    let mut text = block.text.trim().to_owned();
    if let Some(found) = LEADING_ID.as_ref().and_then(|regex| regex.captures(&text)) {
        item.id = found[1].to_owned();
        text = text[found[0].len()..].to_owned();
    }
    if block.task == Some(true) {
        item.status = ActionStatus::Done;
    }
    if let Some(regex) = FIELD.as_ref() {
        for found in regex.captures_iter(&text) {
            set(&mut item, Column::of(&found[1]), found[2].trim());
        }
        text = regex.replace_all(&text, "").into_owned();
    }
    set(&mut item, Column::Priority, heading);
    item.action =
        without_marks(&text).trim().trim_end_matches(['(', '[', ',', ';', '|', '-', '–']).trim().to_owned();
    (!item.action.is_empty()).then_some(item)
}

fn set(item: &mut ActionItem, column: Column, value: &str) {
    let given = !matches!(
        value.to_lowercase().as_str(),
        "" | "-" | "–" | "—" | "tbd" | "?" | "n/a" | "none" | "unassigned"
    );
    let text = || given.then(|| value.to_owned());
    match column {
        Column::Id => item.id = value.to_owned(),
        Column::Action => item.action = without_marks(value),
        Column::Kind => item.kind = kind(value),
        Column::Priority => item.priority = priority(value).or(item.priority),
        Column::Owner => item.owner = text(),
        Column::Due => item.due = day(value),
        Column::Status => item.status = status(value),
        Column::Closed => {
            item.closed = day(value);
            if item.closed.is_some() && item.status != ActionStatus::Dropped {
                item.status = ActionStatus::Done;
            }
        }
        Column::Tracking => item.tracking = text(),
        Column::Verification => item.verification = text(),
        Column::Other => {}
    }
}

fn kind(value: &str) -> Option<ActionKind> {
    let value = value.to_lowercase();
    [
        ("mitigat", ActionKind::Mitigate),
        ("prevent", ActionKind::Prevent),
        ("detect", ActionKind::Detect),
        ("monitor", ActionKind::Detect),
        ("process", ActionKind::Process),
    ]
    .into_iter()
    .find(|(stem, _)| value.starts_with(stem))
    .map(|(_, kind)| kind)
}

fn priority(value: &str) -> Option<Priority> {
    match value.get(..2)?.to_uppercase().as_str() {
        "P0" | "P1" => Some(Priority::P1),
        "P2" => Some(Priority::P2),
        "P3" | "P4" => Some(Priority::P3),
        _ => None,
    }
}

fn day(value: &str) -> Option<Date> {
    match parse_moment(value)? {
        Moment::Day(day) => Some(day),
        Moment::Local(at) => Some(at.date()),
        Moment::Exact(at) => Some(at.to_zoned(jiff::tz::TimeZone::UTC).date()),
    }
}

fn status(value: &str) -> ActionStatus {
    match value.to_lowercase().replace(['_', '-'], " ").as_str() {
        "done" | "closed" | "complete" | "completed" | "fixed" | "resolved" | "yes" | "x" | "shipped"
        | "merged" => ActionStatus::Done,
        "in progress" | "started" | "ongoing" | "doing" | "wip" | "in review" => ActionStatus::InProgress,
        "proposed" | "suggested" => ActionStatus::Proposed,
        "dropped" | "won't fix" | "wont fix" | "cancelled" | "canceled" | "rejected" | "declined"
        | "obsolete" => ActionStatus::Dropped,
        _ => ActionStatus::Open,
    }
}
