//! GitHub pull requests: what was merged, by whom, and what it takes back. REST, `gh pr list --json`, webhooks.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, change_kind, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::github_deployments::{account, repository};

pub(super) struct GithubPulls;
pub(super) static ENTRY: Json<GithubPulls> = Json(GithubPulls);

/// Hands out a merge, or the opening of what is not merged.
pub(super) fn pull(item: &Value, out: &mut Output<'_>) {
    let number = item.text("number").unwrap_or_else(|| "?".to_owned());
    let title = item.str("title").unwrap_or("without title");
    let author = account(item.at("user").or_else(|| item.at("author")));
    let merger = account(item.at("merged_by").or_else(|| item.at("mergedBy")));
    // Merged or not is told by the time alone: a pull closed unmerged has a merge commit as well.
    let merged = item.first_moment(&["merged_at", "mergedAt", "pull_request/merged_at"]);
    let body = item.str("body").unwrap_or_default().replace("\r\n", "\n");
    let summary: String = body
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with("<!--") && !line.starts_with('#'))
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let sha = item.first(&["merge_commit_sha", "mergeCommit/oid"]);
    let repo = repository(item);
    let reverts = title.starts_with("Revert ") || body.trim_start().starts_with("Reverts ");
    let (kind, moment, what) = match merged {
        Some(moment) if reverts => (EventKind::Rollback, Some(moment), "merged"),
        Some(moment) => (change_kind(title, EventKind::ChangeMerged), Some(moment), "merged"),
        None if item.has("closed_at") || item.has("closedAt") => {
            (EventKind::Log, item.first_moment(&["closed_at", "closedAt"]), "closed, not merged")
        }
        None => (EventKind::Log, item.first_moment(&["created_at", "createdAt"]), "opened, not merged"),
    };
    let is_merge = kind != EventKind::Log;
    let mut text = format!("PR #{number} {what}: {title}");
    if !summary.is_empty() && summary != title {
        text = format!("{text} · {summary}");
    }
    let labels: Vec<&str> = item.list("labels").iter().filter_map(|label| label.str("name")).collect();
    let opener = author.as_ref().map(|author| author.name.clone());
    out.emit(
        Entry::new("github", SourceClass::Deploy, kind, moment)
            .text(text)
            .actor(if is_merge { merger.or(author) } else { author })
            .key(is_merge.then(|| format!("pr:{number}")))
            .key(is_merge.then(|| sha_key(sha)).flatten())
            .service(repo.as_deref().and_then(|name| name.rsplit('/').next()))
            .permalink(
                item.str("html_url")
                    .or_else(|| item.str("url").filter(|url| !url.contains("api.github.com"))),
            )
            .label("author", opener)
            .label("branch", item.first(&["base/ref", "baseRefName"]))
            .label("status", item.str("state"))
            .label("labels", Some(labels.join(", ")))
            .label("subtype", Some("pull_request")),
    );
}

impl JsonSource for GithubPulls {
    fn id(&self) -> &'static str {
        "github_pulls"
    }

    fn title(&self) -> &'static str {
        "GitHub pull requests"
    }

    fn describe(&self) -> &'static str {
        "gh pr list --state merged --json number,title,mergedAt,mergedBy,author,mergeCommit,url,body or the REST list."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["items", "data", "repository", "search", "pullRequests", "nodes"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let pull = item.names("merged_at")
            || item.names("mergedAt")
            || item.names("pull_request") && item.names("number");
        let numbered = item.names("number") && item.names("title") && !item.names("action");
        Confidence::Strong.when(pull && numbered)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        pull(item, out);
    }
}
