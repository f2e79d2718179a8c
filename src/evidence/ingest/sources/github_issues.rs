//! GitHub issues as chat: their text, comments and timeline events.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::Entry;
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::github_deployments::account;

pub(super) struct GithubIssues;
pub(super) static ENTRY: Json<GithubIssues> = Json(GithubIssues);

/// A review may consist of its verdict alone.
fn words(item: &Value) -> String {
    let body = item.first(&["body", "bodyText"]).unwrap_or_default().replace("\r\n", "\n").trim().to_owned();
    match item.str("state").filter(|_| body.is_empty() && item.has("submitted_at")) {
        Some(verdict) => format!("Review: {}", verdict.to_lowercase().replace('_', " ")),
        None => body,
    }
}

/// The issue that an address belongs to: `issue:owner/name#12`.
fn thread(item: &Value) -> Option<String> {
    let address = item.first(&["html_url", "url", "issue_url"])?;
    let (_, path) = address.split_once("/repos/").or_else(|| address.split_once("github.com/"))?;
    let path = path.split(['#', '?']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let number = parts.get(3)?;
    Some(format!("issue:{}/{}#{number}", parts.first()?, parts.get(1)?))
}

/// A comment; without an account its author was deleted.
pub(super) fn comment(item: &Value, issue: Option<&Value>, out: &mut Output<'_>) {
    let edited = item.has("updated_at") && item.str("updated_at") != item.str("created_at");
    out.emit(
        Entry::new(
            "github",
            SourceClass::Chat,
            EventKind::Message,
            item.first_moment(&["created_at", "createdAt", "submitted_at", "submittedAt"]),
        )
        .text(words(item))
        .actor(
            account(item.at("user").or_else(|| item.at("author")))
                .or_else(|| account(Some(&Value::from("ghost")))),
        )
        .thread(issue.and_then(thread).or_else(|| thread(item)))
        .key(item.text("id").map(|id| format!("comment:{id}")))
        .permalink(item.first(&["html_url", "url"]))
        .label("edited", edited.then_some("true"))
        .label("subtype", Some("comment")),
    );
}

/// The opening of an issue, its comments, and its end.
pub(super) fn issue(item: &Value, out: &mut Output<'_>) {
    let title = item.str("title").unwrap_or_default();
    let number = item.text("number").unwrap_or_default();
    let labels: Vec<&str> =
        item.list("labels").iter().filter_map(|label| label.str("name").or_else(|| label.as_str())).collect();
    let entry = |kind, paths: &[&str], text: String| {
        Entry::new("github", SourceClass::Chat, kind, item.first_moment(paths))
            .text(text)
            .thread(thread(item))
            .permalink(item.first(&["html_url", "url"]))
            .label("labels", Some(labels.join(", ")))
            .label("status", item.str("state"))
    };
    let body = words(item);
    let text = if body.is_empty() {
        format!("Issue #{number}: {title}")
    } else {
        format!("Issue #{number}: {title}\n{body}")
    };
    out.emit(
        entry(EventKind::Message, &["created_at", "createdAt"], text)
            .actor(account(item.at("user").or_else(|| item.at("author")))),
    );
    for one in item.list("comments") {
        comment(one, Some(item), out);
    }
    if item.has("closed_at") || item.has("closedAt") {
        let reason = item.first(&["state_reason", "stateReason"]).unwrap_or("closed");
        let closed = entry(
            EventKind::Log,
            &["closed_at", "closedAt"],
            format!("Issue #{number} closed ({}): {title}", reason.to_lowercase()),
        );
        out.emit(closed.actor(account(item.at("closed_by"))).label("subtype", Some("issue_closed")));
    }
}

/// A step of the timeline API: `closed`, `labeled`, `referenced`.
fn step(item: &Value, out: &mut Output<'_>) {
    let name = item.str("event").unwrap_or_default();
    let detail = item
        .first(&["label/name", "assignee/login", "rename/to", "milestone/title", "source/issue/title"])
        .unwrap_or_default();
    let entry = Entry::new("github", SourceClass::Chat, EventKind::Log, item.moment("created_at"));
    let text = format!("{} {detail}", name.replace(['_', '-'], " "));
    out.emit(
        entry
            .text(text)
            .actor(account(item.at("actor")))
            .label("sha", item.str("commit_id"))
            .label("subtype", Some(name)),
    );
}

fn is_comment(item: &Value) -> bool {
    item.names("body")
        && (item.names("issue_url")
            || item.first(&["html_url", "url"]).is_some_and(|link| link.contains("#issuecomment-")))
        && !item.names("title")
}

impl JsonSource for GithubIssues {
    fn id(&self) -> &'static str {
        "github_issues"
    }

    fn title(&self) -> &'static str {
        "GitHub issues"
    }

    fn describe(&self) -> &'static str {
        "An issue used for the incident: gh issue view N --json title,body,comments,… or the REST issue, comments and timeline."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let issue = item.has_all(&["number", "title"])
            && (item.names("created_at") || item.names("createdAt"))
            && (item.names("state") || item.names("comments"))
            && !item.names("merged_at")
            && !item.names("mergedAt")
            && !item.names("action");
        let step = item.has_all(&["event", "created_at"])
            && item.names("actor")
            && (item.names("commit_id") || item.names("node_id") || item.has("actor/login"));
        if is_comment(item) || step {
            Confidence::Strong
        } else {
            Confidence::Likely.when(issue && !item.has("pull_request/merged_at"))
        }
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("event") && !item.has("body") {
            step(item, out);
        } else if is_comment(item) || !item.has("title") {
            comment(item, None, out);
        } else {
            issue(item, out);
        }
    }
}
