//! GitHub webhooks of the kinds that no other format takes: pushes, merges, runs, releases, issue comments.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, change_kind, person, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::github_deployments::{account, repository};
use super::{github_issues, github_pulls, github_releases, github_runs};

pub(super) struct GithubWebhook;
pub(super) static ENTRY: Json<GithubWebhook> = Json(GithubWebhook);

/// A push: its commits carry the author's own offset, the repository's times are epochs.
fn push(item: &Value, out: &mut Output<'_>) {
    let branch =
        item.str("ref").map(|name| name.trim_start_matches("refs/heads/").trim_start_matches("refs/tags/"));
    let repo = repository(item);
    for commit in item.list("commits") {
        let message = commit.str("message").unwrap_or_default();
        let subject = message.lines().next().unwrap_or_default();
        out.emit(
            Entry::new(
                "github",
                SourceClass::Deploy,
                change_kind(subject, EventKind::ChangeMerged),
                commit.moment("timestamp"),
            )
            .text(format!("Pushed to {}: {subject}", branch.unwrap_or("a branch")))
            .actor(person([commit.first(&["author/username", "author/name"]), commit.str("author/email")]))
            .key(sha_key(commit.str("id")))
            .service(repo.as_deref().and_then(|name| name.rsplit('/').next()))
            .permalink(commit.str("url"))
            .label("branch", branch)
            .label("subtype", Some("push")),
        );
    }
}

/// A push without commits: a tag, a deleted branch, a branch moved back.
fn moved(item: &Value, out: &mut Output<'_>) {
    let name = item.str("ref").unwrap_or("a branch");
    let verb = match (item.flag("deleted"), item.flag("created"), item.flag("forced")) {
        (true, ..) => "Deleted",
        (_, true, _) => "Created",
        (.., true) => "Moved by force",
        _ => "Pushed",
    };
    let at = item.first_moment(&["head_commit/timestamp", "repository/pushed_at", "repository/updated_at"]);
    let subject = item.str("head_commit/message").unwrap_or_default().lines().next().unwrap_or_default();
    let about = if subject.is_empty() { String::new() } else { format!(": {subject}") };
    out.emit(
        Entry::new("github", SourceClass::Deploy, EventKind::Log, at)
            .text(format!("{verb} {}{about}", name.trim_start_matches("refs/").trim_start_matches("heads/")))
            .actor(account(item.at("sender").or_else(|| item.at("pusher"))))
            .permalink(item.str("compare"))
            .label("subtype", Some("push")),
    );
}

/// A group of the merge queue.
fn queued(item: &Value, group: &Value, out: &mut Output<'_>) {
    let subject = group.str("head_commit/message").unwrap_or_default().lines().next().unwrap_or_default();
    let action = item.str("action").unwrap_or("queued").replace('_', " ");
    out.emit(
        Entry::new("github", SourceClass::Deploy, EventKind::Log, group.moment("head_commit/timestamp"))
            .text(format!("Merge queue, {action}: {subject}"))
            .actor(account(item.at("sender")))
            .label("sha", group.str("head_sha"))
            .label("subtype", Some("merge_group")),
    );
}

/// The status that a service gave to a commit.
fn status(item: &Value, out: &mut Output<'_>) {
    let text = format!(
        "{}: {} · {}",
        item.str("context").unwrap_or("status"),
        item.str("state").unwrap_or_default(),
        item.str("description").unwrap_or_default()
    );
    out.emit(
        Entry::new(
            "github",
            SourceClass::Deploy,
            EventKind::Log,
            item.first_moment(&["updated_at", "created_at"]),
        )
        .text(text)
        .actor(account(item.at("sender")))
        .permalink(item.str("target_url"))
        .label("sha", item.str("sha"))
        .label("status", item.str("state"))
        .label("subtype", Some("commit_status")),
    );
}

impl JsonSource for GithubWebhook {
    fn id(&self) -> &'static str {
        "github_webhook"
    }

    fn title(&self) -> &'static str {
        "GitHub webhooks"
    }

    fn describe(&self) -> &'static str {
        "Deliveries as received: push, pull_request, workflow_run, workflow_job, release, issues, issue_comment, status."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let from_github = item.has("repository/full_name") || item.has("sender/login");
        let known = [
            "pull_request",
            "workflow_run",
            "workflow_job",
            "release",
            "issue",
            "commits",
            "check_run",
            "check_suite",
        ]
        .iter()
        .any(|name| item.has(name))
            || item.has_all(&["sha", "state", "context"])
            || item.has("comment/body")
            || item.has("merge_group")
            || item.has("ref_type") && item.has("pusher_type");
        Confidence::Strong.when(
            from_github
                && known
                && (!item.has("deployment") || item.has("workflow_job") || item.has("workflow_run")),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if let Some(review) =
            item.at("review").or_else(|| item.at("comment").filter(|_| item.has("pull_request")))
        {
            github_issues::comment(review, item.at("pull_request"), out);
        } else if let Some(pull) = item.at("pull_request") {
            github_pulls::pull(pull, out);
        } else if let Some(run) =
            ["workflow_run", "workflow_job", "check_run", "check_suite"].iter().find_map(|name| item.at(name))
        {
            github_runs::run(run, out);
        } else if let Some(release) = item.at("release") {
            github_releases::release(release, out);
        } else if let Some(comment) = item.at("comment") {
            github_issues::comment(comment, item.at("issue"), out);
        } else if let Some(issue) = item.at("issue") {
            github_issues::issue(issue, out);
        } else if let Some(group) = item.at("merge_group") {
            queued(item, group, out);
        } else if item.has("ref_type") {
            out.aside("a branch or tag, created or deleted: GitHub does not say when", out.position());
        } else if item
            .at("commits")
            .is_some_and(|commits| commits.as_array().is_none_or(|all| !all.is_empty()))
        {
            push(item, out);
        } else if item.has("commits") {
            moved(item, out);
        } else if item.has("context") {
            status(item, out);
        }
    }
}
