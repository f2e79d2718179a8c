//! GitHub Actions: workflow runs and jobs, from REST and `gh run list --json`.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::github_deployments::{account, repository};

pub(super) struct GithubRuns;
pub(super) static ENTRY: Json<GithubRuns> = Json(GithubRuns);

/// Hands out a run from its start to its last update, which is its end when it is completed.
pub(super) fn run(item: &Value, out: &mut Output<'_>) {
    let name =
        item.first(&["name", "workflowName", "workflow_name", "path", "app/name"]).unwrap_or("workflow");
    let title = item.first(&["display_title", "displayTitle", "head_commit/message"]).unwrap_or_default();
    let title = title.lines().next().unwrap_or_default();
    let conclusion = item.str("conclusion").map(str::to_lowercase);
    let status = conclusion
        .or_else(|| item.str("status").map(str::to_lowercase))
        .unwrap_or_else(|| "unknown".to_owned());
    // A re-run keeps the creation of the first attempt, which may be days old.
    let started =
        item.first_moment(&["run_started_at", "startedAt", "started_at", "created_at", "createdAt"]);
    let ended = item.first_moment(&["completed_at", "completedAt", "updated_at", "updatedAt"]);
    let completed = item.str("status").is_none_or(|status| status.eq_ignore_ascii_case("completed"));
    let number = item.text("run_number").or_else(|| item.text("number"));
    let attempt =
        item.integer("run_attempt").or_else(|| item.integer("attempt")).filter(|attempt| *attempt > 1);
    let mut text = format!(
        "Workflow {name}{}: {}",
        number.map(|number| format!(" #{number}")).unwrap_or_default(),
        status.replace('_', " ")
    );
    if let Some(attempt) = attempt {
        text = format!("{text} (attempt {attempt})");
    }
    if !title.is_empty() && title != name {
        text = format!("{text} · {title}");
    }
    let words = format!("{name} {}", item.str("path").unwrap_or_default()).to_lowercase();
    let deploys = ["deploy", "release", "rollout", "promote"].iter().any(|word| words.contains(word));
    let kind = if deploys && status == "success" { EventKind::Deploy } else { EventKind::Log };
    let sha = item.first(&["head_sha", "headSha"]);
    out.emit(
        Entry::new("github", SourceClass::Deploy, kind, started)
            .text(text)
            .until(ended.filter(|_| completed))
            .actor(account(item.at("triggering_actor").or_else(|| item.at("actor"))))
            .key(item.text("databaseId").or_else(|| item.text("id")).map(|id| format!("run:{id}")))
            .key(sha_key(sha).filter(|_| kind == EventKind::Deploy))
            .service(repository(item).as_deref().and_then(|name| name.rsplit('/').next()))
            .permalink(
                item.str("html_url")
                    .or_else(|| item.str("url").filter(|url| !url.contains("api.github.com"))),
            )
            .label("status", Some(status))
            .label("sha", sha)
            .label("branch", item.first(&["head_branch", "headBranch"]))
            .label("event", item.str("event"))
            .label("subtype", Some("workflow_run")),
    );
}

impl JsonSource for GithubRuns {
    fn id(&self) -> &'static str {
        "github_runs"
    }

    fn title(&self) -> &'static str {
        "GitHub Actions runs"
    }

    fn describe(&self) -> &'static str {
        "gh run list --json databaseId,workflowName,displayTitle,status,conclusion,startedAt,updatedAt,headSha,url or the REST list."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["workflow_runs", "jobs"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let rest = item.names("head_sha")
            && (item.names("run_number")
                || item.names("run_id")
                || item.names("run_attempt")
                || item.names("workflow_id"));
        let gh = item.names("headSha")
            && (item.names("databaseId") || item.names("workflowName") || item.names("conclusion"));
        let short = item.names("conclusion") && (item.names("workflowName") || item.names("run_started_at"));
        Confidence::Strong.when((rest || gh || short) && !item.names("action"))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        run(item, out);
    }
}
