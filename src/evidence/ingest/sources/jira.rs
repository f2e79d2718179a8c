//! Jira issues: creation, comments, status transitions, end.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::entry::{Entry, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::{self, Moment};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Jira;
pub(super) static ENTRY: Json<Jira> = Json(Jira);

fn user(value: Option<&Value>) -> Option<Actor> {
    let value = value?;
    person([value.str("displayName"), value.str("name"), value.str("accountId"), value.str("emailAddress")])
}

/// Plain text of a description: a string (version 2) or a document tree (version 3).
fn words(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.replace("\r\n", "\n").trim().to_owned(),
        Some(tree) => {
            let mut text = String::new();
            walk(tree, &mut text, 0);
            text.trim().to_owned()
        }
        None => String::new(),
    }
}

fn walk(node: &Value, text: &mut String, depth: usize) {
    if depth > 60 {
        return;
    }
    match node.str("type") {
        Some("text") => text.push_str(node.at("text").and_then(Value::as_str).unwrap_or_default()),
        Some("mention") => text.push_str(node.str("attrs/text").unwrap_or("@somebody")),
        Some("hardBreak") => text.push('\n'),
        Some("emoji") => text.push_str(node.first(&["attrs/text", "attrs/shortName"]).unwrap_or_default()),
        Some("inlineCard") => text.push_str(node.str("attrs/url").unwrap_or_default()),
        _ => {}
    }
    node.list("content").iter().for_each(|inner| walk(inner, text, depth + 1));
    if matches!(node.str("type"), Some("paragraph" | "heading" | "listItem" | "codeBlock")) {
        text.push('\n');
    }
}

/// All cells of a column that may stand several times in the table.
fn cells<'a>(item: &'a Value, name: &str) -> Vec<&'a str> {
    match item.at(name) {
        Some(Value::Array(cells)) => cells.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(cell)) => vec![cell],
        _ => Vec::new(),
    }
}

/// A row of the CSV export; a cell of `Comment` is `date;user;text`, with the user as an account id in the cloud.
fn row(item: &Value, out: &mut Output<'_>) {
    let key = item.str("Issue key").unwrap_or("?");
    let summary = item.str("Summary").unwrap_or_default();
    let entry = |kind, at: Option<Moment>, text: String| {
        Entry::new("jira", SourceClass::Chat, kind, at)
            .text(text)
            .thread(Some(format!("jira:{key}")))
            .label("ticket", Some(key))
    };
    let head = format!("{key}: {summary}");
    let text = item
        .str("Description")
        .map_or_else(|| head.clone(), |more| format!("{head}\n{}", more.replace("\r\n", "\n")));
    out.emit(
        entry(EventKind::Message, item.moment("Created"), text)
            .actor(person([item.first(&["Reporter", "Creator"])]))
            .label("severity", item.str("Priority"))
            .label("status", item.first(&["Status Category", "Status"]))
            .label("due", item.str("Due date").or_else(|| item.str("Due Date")))
            .label("assigned", item.str("Assignee"))
            .label("labels", Some(cells(item, "Labels").join(", ")))
            .label("subtype", Some("issue")),
    );
    for comment in cells(item, "Comment") {
        let mut parts = comment.splitn(3, ';');
        let (at, who, said) = (parts.next().and_then(moment::parse), parts.next(), parts.next());
        match (at, said) {
            (Some(at), Some(said)) => {
                let said = said.trim().replace("\r\n", "\n");
                out.emit(entry(EventKind::Message, Some(at), said).actor(person([who])));
            }
            _ => out.tally("comments that are not `date;user;text`", out.position()),
        }
    }
    if let Some(at) = item.moment("Resolved") {
        let end = entry(EventKind::Log, Some(at), format!("{key} done: {summary}"));
        out.emit(end.label("subtype", Some("issue_done")));
    }
}

impl JsonSource for Jira {
    fn id(&self) -> &'static str {
        "jira"
    }

    fn title(&self) -> &'static str {
        "Jira"
    }

    fn describe(&self) -> &'static str {
        "GET /rest/api/3/search?expand=changelog&fields=*all, single issues with their comments, or the CSV with all fields."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["issues", "values"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let issue = item.at("issue").unwrap_or(item);
        let row = item.has_all(&["Issue key", "Created"]);
        Confidence::Certain.when(
            row || issue.has_all(&["key", "fields"])
                && (issue.names("self") || issue.has("fields/summary") || issue.has("fields/created")),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("Issue key") {
            return row(item, out);
        }
        let item = item.at("issue").filter(|issue| issue.has("fields")).unwrap_or(item);
        let key = item.str("key").unwrap_or("?");
        let fields = item.at("fields").unwrap_or(&Value::Null);
        let summary = fields.str("summary").unwrap_or_default();
        let entry = |class, kind, at, text: String| {
            let link = item
                .str("self")
                .and_then(|link| link.split_once("/rest/"))
                .map(|(host, _)| format!("{host}/browse/{key}"));
            Entry::new("jira", class, kind, at)
                .text(text)
                .thread(Some(format!("jira:{key}")))
                .permalink(link)
                .label("ticket", Some(key))
        };
        let description = words(fields.at("description"));
        let text = if description.is_empty() {
            format!("{key}: {summary}")
        } else {
            format!("{key}: {summary}\n{description}")
        };
        let labels: Vec<&str> = fields.list("labels").iter().filter_map(Value::as_str).collect();
        out.emit(
            entry(SourceClass::Chat, EventKind::Message, fields.moment("created"), text)
                .actor(user(fields.at("reporter").or_else(|| fields.at("creator"))))
                .label("severity", fields.str("priority/name"))
                .label("status", fields.first(&["status/statusCategory/key", "status/name"]))
                .label("due", fields.str("duedate"))
                .label("assigned", fields.str("assignee/displayName"))
                .label("labels", Some(labels.join(", ")))
                .label("subtype", Some("issue")),
        );
        for comment in fields.list("comment/comments") {
            let at = comment.moment("created");
            let note = entry(SourceClass::Chat, EventKind::Message, at, words(comment.at("body")));
            out.emit(
                note.actor(user(comment.at("author")))
                    .key(comment.text("id").map(|id| format!("jiracomment:{id}"))),
            );
        }
        for history in item.list("changelog/histories") {
            for change in history.list("items") {
                let (from, to) = (
                    change.first(&["fromString", "from"]).unwrap_or("none"),
                    change.first(&["toString", "to"]).unwrap_or("none"),
                );
                let field = change.str("field").unwrap_or("field");
                let step = entry(
                    SourceClass::Chat,
                    EventKind::Log,
                    history.moment("created"),
                    format!("{key} {field}: {from} → {to}"),
                );
                out.emit(
                    step.actor(user(history.at("author"))).label("subtype", Some(format!("change_{field}"))),
                );
            }
        }
        // Done is told by the category, never by the name, which is in the language of the project.
        let done = fields.str("status/statusCategory/key").is_none_or(|key| key == "done");
        if done && fields.has("resolutiondate") {
            let end = entry(
                SourceClass::Chat,
                EventKind::Log,
                fields.moment("resolutiondate"),
                format!("{key} done: {summary}"),
            );
            out.emit(end.label("subtype", Some("issue_done")));
        }
    }
}
