//! A row of the action table as a form.

use serde::Serialize;

use crate::app::review::Table;
use crate::web::markup::inline;

/// One action.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    name: &'static str,
    label: &'static str,
    /// `text`, `date` or `choice`.
    kind: &'static str,
    value: String,
    choices: Vec<String>,
    /// An action cannot be final without it.
    needed: bool,
}

/// One row.
#[derive(Debug, Serialize)]
pub(in crate::web) struct ActionView {
    row: usize,
    id: String,
    action_html: String,
    fields: Vec<Field>,
    /// Done or dropped: nothing is asked of it any more.
    closed: bool,
}

const FIELDS: [(&str, &str, &str, &[&str]); 7] = [
    ("owner", "Owner", "text", &[]),
    ("due", "Due", "date", &[]),
    ("type", "Type", "choice", &["prevent", "mitigate", "detect", "process"]),
    ("priority", "Priority", "choice", &["P1", "P2", "P3"]),
    ("status", "Status", "choice", &["proposed", "open", "in progress", "done", "dropped"]),
    ("tracking", "Tracking", "text", &[]),
    ("verification", "Verified when", "text", &[]),
];

impl ActionView {
    pub(super) fn of(table: &Table, row: usize) -> Self {
        let status = table.value(row, "status").to_lowercase();
        let closed = matches!(status.as_str(), "done" | "dropped" | "closed" | "completed");
        let field = |(name, label, kind, choices): (&'static str, &'static str, &'static str, &[&str])| {
            let value = table.value(row, name).replace("\\|", "|");
            // A value that the picker does not know stays what it is.
            let is_date = value.is_empty() || value.parse::<jiff::civil::Date>().is_ok();
            let mut choices: Vec<String> = choices.iter().map(|&choice| choice.to_owned()).collect();
            if kind == "choice" && !value.is_empty() && !choices.contains(&value) {
                choices.insert(0, value.clone());
            }
            let needed = !closed && matches!(name, "owner" | "due" | "verification" | "type");
            Field {
                name,
                label,
                kind: if kind == "date" && !is_date { "text" } else { kind },
                value,
                choices,
                needed,
            }
        };
        Self {
            row,
            id: table.value(row, "id").to_owned(),
            action_html: inline(table.value(row, "action")),
            fields: FIELDS.into_iter().map(field).collect(),
            closed,
        }
    }
}
