//! Action items in the forms that trackers take.

use serde_json::json;

use super::Tracked;

/// Where the items are to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A shell script of `gh issue create` commands, to be read before it is run.
    GithubScript,
    /// One JSON object a line, as the GitHub API takes it.
    GithubJson,
    /// For Jira's CSV import.
    JiraCsv,
    Markdown,
}

/// Writes the items; the key stands in every text, so that `sync` finds them again.
#[must_use]
pub fn export(items: &[Tracked], format: Format) -> String {
    match format {
        Format::GithubScript => script(items),
        Format::GithubJson => items.iter().map(issue).collect(),
        Format::JiraCsv => jira(items),
        Format::Markdown => markdown(items),
    }
}

fn body(one: &Tracked) -> String {
    let mut text = format!("Action {} of postmortem {} ({})\n", one.key, one.incident, one.title);
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("\n{name}: {value}"));
        }
    };
    put("Owner", one.item.owner.clone());
    put("Due", one.item.due.map(|due| due.to_string()));
    put("Done when", one.item.verification.clone());
    put("File", Some(one.path.clone()).filter(|path| !path.is_empty()));
    text
}

fn labels(one: &Tracked) -> Vec<String> {
    let kind = one.item.kind.map(|kind| kind.name().to_owned());
    let priority = one.item.priority.map(|priority| format!("{priority:?}"));
    std::iter::once("postmortem".to_owned()).chain(kind).chain(priority).collect()
}

fn script(items: &[Tracked]) -> String {
    let mut out = "#!/bin/sh\n# Opens one issue for each action item; read it, then run it in the repository that takes them.\nset -eu\n".to_owned();
    for one in items {
        out.push_str(&format!(
            "\ngh issue create --title {} --label {} --body {}\n",
            shell(&one.item.action),
            shell(&labels(one).join(",")),
            shell(&body(one))
        ));
    }
    out
}

/// In single quotes: nothing in it is a command.
fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', r"'\''"))
}

fn issue(one: &Tracked) -> String {
    format!("{}\n", json!({ "title": one.item.action, "body": body(one), "labels": labels(one) }))
}

fn jira(items: &[Tracked]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head =
        ["Summary", "Description", "Issue Type", "Priority", "Due Date", "Assignee", "Labels", "External ID"];
    let rows = items.iter().map(|one| {
        [
            cell(&one.item.action),
            cell(&body(one)),
            "Task".to_owned(),
            one.item
                .priority
                .map_or("", |priority| match priority {
                    crate::domain::Priority::P1 => "High",
                    crate::domain::Priority::P2 => "Medium",
                    crate::domain::Priority::P3 => "Low",
                })
                .to_owned(),
            one.item.due.map(|due| due.to_string()).unwrap_or_default(),
            cell(one.item.owner.as_deref().unwrap_or_default()),
            labels(one).join(" "),
            one.key.clone(),
        ]
    });
    let written = writer
        .write_record(head)
        .and_then(|()| rows.into_iter().try_for_each(|row| writer.write_record(row)));
    // A Vec takes every byte and the rows are all of one length.
    written
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

/// Text that a spreadsheet would run as a formula is made plain.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn markdown(items: &[Tracked]) -> String {
    let mut out = "| Key | Action | Type | Priority | Owner | Due | Status | Tracking |\n|---|---|---|---|---|---|---|---|\n".to_owned();
    for one in items {
        let item = &one.item;
        let dash = || "–".to_owned();
        let cells = [
            one.key.clone(),
            item.action.clone(),
            item.kind.map_or_else(dash, |kind| kind.name().to_owned()),
            item.priority.map_or_else(dash, |priority| format!("{priority:?}")),
            item.owner.clone().unwrap_or_else(dash),
            item.due.map_or_else(dash, |due| due.to_string()),
            item.status.name().to_owned(),
            item.tracking.clone().unwrap_or_else(dash),
        ];
        let cells: Vec<String> =
            cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}
