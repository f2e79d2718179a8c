//! GitLab: deployments, merge requests, pipelines and jobs, from REST and from webhooks.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::entry::{Entry, change_kind, person, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct Gitlab;
pub(super) static ENTRY: Json<Gitlab> = Json(Gitlab);

fn user(value: Option<&Value>) -> Option<Actor> {
    let value = value?;
    let bot = value.flag("bot") || value.str("username").is_some_and(|name| name.contains("_bot"));
    person([value.str("username"), value.str("name"), value.str("email")]).map(|actor| Actor { bot, ..actor })
}

fn deployment(item: &Value, out: &mut Output<'_>) {
    let status = item.str("status").unwrap_or("unknown");
    let environment = item.first(&["environment/name", "environment"]).unwrap_or("unknown environment");
    let sha = item.first(&["sha", "short_sha", "deployable/commit/id"]);
    let title = item.first(&["deployable/commit/title", "commit_title"]).unwrap_or_default();
    let verb = match status {
        "success" => "Deployed",
        "failed" => "Deployment failed:",
        _ => "Deployment",
    };
    let name = [item.first(&["project/path_with_namespace"]), item.str("ref")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("@");
    let mut text = format!("{verb} {name} to {environment}");
    if !matches!(status, "success" | "failed") {
        text = format!("{text}: {status}");
    }
    if !title.is_empty() {
        text = format!("{text} · {title}");
    }
    // created_at may lie minutes before the start; what counts is when the job ended.
    let at = item.first_moment(&[
        "deployable/finished_at",
        "finished_at",
        "status_changed_at",
        "updated_at",
        "created_at",
    ]);
    let kind = if status == "success" { change_kind(title, EventKind::Deploy) } else { EventKind::Log };
    out.emit(
        Entry::new("gitlab", SourceClass::Deploy, kind, at)
            .text(text)
            .actor(user(item.at("user").or_else(|| item.at("deployable/user"))))
            .key(sha_key(sha).filter(|_| status == "success"))
            .service(item.str("project/name"))
            .permalink(item.first(&["deployable/web_url", "deployable_url", "web_url"]))
            .label("environment", Some(environment))
            .label("status", Some(status))
            .label("started_at", item.str("deployable/started_at"))
            .label("sha", sha)
            .label("subtype", Some("deployment")),
    );
}

fn merge_request(item: &Value, out: &mut Output<'_>) {
    let number = item.text("iid").unwrap_or_default();
    let title = item.str("title").unwrap_or_default();
    let merged = item.moment("merged_at");
    let done = merged.is_some();
    let (kind, at, what) = match merged {
        Some(at) => (change_kind(title, EventKind::ChangeMerged), Some(at), "merged"),
        None => (EventKind::Log, item.moment("created_at"), "opened, not merged"),
    };
    let sha = item.first(&["merge_commit_sha", "squash_commit_sha", "sha"]);
    out.emit(
        Entry::new("gitlab", SourceClass::Deploy, kind, at)
            .text(format!("MR !{number} {what}: {title}"))
            .actor(
                user(item.at("merged_by").or_else(|| item.at("merge_user")))
                    .or_else(|| user(item.at("author"))),
            )
            .key(done.then(|| format!("mr:{number}")))
            .key(done.then(|| sha_key(sha)).flatten())
            .permalink(item.str("web_url"))
            .label("author", item.str("author/username"))
            .label("branch", item.str("target_branch"))
            .label("status", item.str("state"))
            .label("subtype", Some("merge_request")),
    );
}

fn pipeline(item: &Value, out: &mut Output<'_>) {
    let status = item.str("status").unwrap_or("unknown");
    let name = item.first(&["name", "ref"]).unwrap_or("pipeline");
    let what = if item.has("stage") { "Job" } else { "Pipeline" };
    let deploys = item.str("stage").is_some_and(|stage| stage.contains("deploy")) && status == "success";
    out.emit(
        Entry::new(
            "gitlab",
            SourceClass::Deploy,
            if deploys { EventKind::Deploy } else { EventKind::Log },
            item.first_moment(&["started_at", "created_at"]),
        )
        .text(format!("{what} {name}: {status}"))
        .until(item.first_moment(&["finished_at", "updated_at"]))
        .actor(user(item.at("user")))
        .permalink(item.str("web_url"))
        .label("status", Some(status))
        .label("sha", item.first(&["sha", "commit/id"]))
        .label("subtype", Some(what.to_lowercase())),
    );
}

fn hook(item: &Value, out: &mut Output<'_>) {
    match item.str("object_kind") {
        Some("deployment") => deployment(item, out),
        Some("merge_request") => {
            let mut request = item.at("object_attributes").cloned().unwrap_or_default();
            if request.str("state") == Some("merged") && !request.has("merged_at") {
                request["merged_at"] = request.at("updated_at").cloned().unwrap_or_default();
            }
            if !request.has("author") {
                request["author"] = item.at("user").cloned().unwrap_or_default();
            }
            if !request.has("web_url") {
                request["web_url"] = request.at("url").cloned().unwrap_or_default();
            }
            merge_request(&request, out);
        }
        _ => pipeline(item.at("object_attributes").unwrap_or(item), out),
    }
}

impl JsonSource for Gitlab {
    fn id(&self) -> &'static str {
        "gitlab"
    }

    fn title(&self) -> &'static str {
        "GitLab"
    }

    fn describe(&self) -> &'static str {
        "REST lists of deployments, merge requests, pipelines and jobs; webhooks."
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let hook = item
            .str("object_kind")
            .is_some_and(|kind| ["deployment", "merge_request", "pipeline", "build"].contains(&kind));
        let deployment = item.has_all(&["environment/name", "status", "sha"]);
        let request = item.has("iid") && item.names("merged_at") && item.names("target_branch");
        let pipeline = item.has_all(&["status", "web_url"])
            && item.has("ref")
            && item.names("sha")
            && (item.names("iid") || item.names("project_id"));
        let job = item.has_all(&["stage", "status"]) && item.names("started_at") && item.names("web_url");
        Confidence::Strong.when(hook || deployment || request || pipeline || job)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if item.has("object_kind") {
            hook(item, out);
        } else if item.has("environment/name") {
            deployment(item, out);
        } else if item.names("merged_at") {
            merge_request(item, out);
        } else {
            pipeline(item, out);
        }
    }
}
