//! GitHub's events API: what people did in a repository, as the feed of its last ninety days has it.

use serde_json::{Value, json};

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, change_kind, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::github_deployments::account;
use super::{github_issues, github_pulls, github_releases};

pub(super) struct GithubEvents;
pub(super) static ENTRY: Json<GithubEvents> = Json(GithubEvents);

fn push(item: &Value, payload: &Value, out: &mut Output<'_>) {
    let branch = payload.str("ref").map(|name| name.trim_start_matches("refs/heads/")).unwrap_or("a branch");
    let repo = item.str("repo/name").and_then(|name| name.rsplit('/').next());
    let mut commits: Vec<Value> = payload.list("commits").to_vec();
    if commits.is_empty() {
        commits.push(json!({"sha": payload.str("head"), "message": "no commits shown"}));
    }
    for commit in &commits {
        let subject = commit.str("message").unwrap_or_default().lines().next().unwrap_or_default();
        let kind = change_kind(subject, EventKind::ChangeMerged);
        out.emit(
            // The feed dates the push, not the commits.
            Entry::new("github", SourceClass::Deploy, kind, item.moment("created_at"))
                .text(format!("Pushed to {branch}: {subject}"))
                .actor(account(item.at("actor")))
                .key(sha_key(commit.str("sha")))
                .service(repo)
                .label("branch", Some(branch))
                .label("subtype", Some("push")),
        );
    }
}

impl JsonSource for GithubEvents {
    fn id(&self) -> &'static str {
        "github_events"
    }

    fn title(&self) -> &'static str {
        "GitHub events"
    }

    fn describe(&self) -> &'static str {
        "gh api repos/…/events: pushes, pull requests, releases, issues and their comments."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let typed = item.str("type").is_some_and(|kind| kind.ends_with("Event"));
        Confidence::Certain
            .when(typed && item.has("repo/name") && item.names("payload") && item.has("created_at"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let empty = Value::Null;
        let payload = item.at("payload").unwrap_or(&empty);
        match item.str("type").unwrap_or_default() {
            "PushEvent" => push(item, payload, out),
            "PullRequestEvent" if payload.has("pull_request/title") => {
                github_pulls::pull(payload.at("pull_request").unwrap_or(&empty), out);
            }
            "ReleaseEvent" => github_releases::release(payload.at("release").unwrap_or(&empty), out),
            "IssuesEvent" => github_issues::issue(payload.at("issue").unwrap_or(&empty), out),
            "IssueCommentEvent" | "CommitCommentEvent" | "PullRequestReviewCommentEvent" => {
                github_issues::comment(payload.at("comment").unwrap_or(&empty), payload.at("issue"), out);
            }
            "PullRequestReviewEvent" => {
                github_issues::comment(payload.at("review").unwrap_or(&empty), None, out);
            }
            "CreateEvent" | "DeleteEvent" => {
                let verb = if item.str("type") == Some("CreateEvent") { "Created" } else { "Deleted" };
                let what = payload.str("ref_type").unwrap_or("branch");
                let name = payload.str("ref").unwrap_or_default();
                out.emit(
                    Entry::new("github", SourceClass::Deploy, EventKind::Log, item.moment("created_at"))
                        .text(format!("{verb} {what} {name}"))
                        .actor(account(item.at("actor"))),
                );
            }
            _ => out.aside("an event that changes nothing of the code", out.position()),
        }
    }
}
