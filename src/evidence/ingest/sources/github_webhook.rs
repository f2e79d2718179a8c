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
            || item.has_all(&["sha", "state", "context"]);
        Confidence::Strong.when(
            from_github
                && known
                && (!item.has("deployment") || item.has("workflow_job") || item.has("workflow_run")),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if let Some(pull) = item.at("pull_request") {
            github_pulls::pull(pull, out);
        } else if let Some(run) =
            item.at("workflow_run").or_else(|| item.at("workflow_job")).or_else(|| item.at("check_run"))
        {
            github_runs::run(run, out);
        } else if let Some(release) = item.at("release") {
            github_releases::release(release, out);
        } else if let Some(comment) = item.at("comment") {
            github_issues::comment(comment, item.at("issue"), out);
        } else if let Some(issue) = item.at("issue") {
            github_issues::issue(issue, out);
        } else if item.has("commits") {
            push(item, out);
        } else if item.has("context") {
            status(item, out);
        }
    }
}
