//! GitHub deployments and their statuses, from REST, GraphQL and webhooks.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::Actor;
use crate::evidence::ingest::entry::{Entry, change_kind, person, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct GithubDeployments;
pub(super) static ENTRY: Json<GithubDeployments> = Json(GithubDeployments);

/// A GitHub account in any of its shapes; no account means one that was deleted.
pub(super) fn account(value: Option<&Value>) -> Option<Actor> {
    let value = value?;
    let mut actor = person([value.str("login"), value.str("name"), value.str("email")])
        .or_else(|| person([value.as_str()]))?;
    actor.bot |= value.str("type") == Some("Bot") || value.flag("is_bot");
    Some(actor)
}

/// `owner/name` from any of GitHub's addresses.
pub(super) fn repository(item: &Value) -> Option<String> {
    if let Some(name) = item.first(&[
        "repository/full_name",
        "repository/nameWithOwner",
        "base/repo/full_name",
        "head_repository/full_name",
    ]) {
        return Some(name.to_owned());
    }
    let address = item.first(&["repository_url", "html_url", "url", "deployment_url"])?;
    let path =
        address.split_once("/repos/").or_else(|| address.split_once("github.com/")).map(|(_, path)| path)?;
    let mut parts = path.split('/');
    Some(format!("{}/{}", parts.next()?, parts.next()?))
}

fn is_deployment(item: &Value) -> bool {
    (item.names("statuses_url")
        || item.names("original_environment")
        || item.has_all(&["sha", "task"])
        || item.names("Statuses")
        || item.names("latestStatus"))
        && item.names("environment")
}

fn is_status(item: &Value) -> bool {
    item.has("state")
        && (item.names("deployment_url")
            || item.has_all(&["environment", "creator"]) && item.names("log_url"))
}

fn is_webhook(item: &Value) -> bool {
    item.has("deployment")
        && (item.has("deployment_status") || item.has("deployment/sha"))
        && !item.has("workflow_job")
        && !item.has("workflow_run")
}

/// What a status of a deployment means: only `success` is a deploy.
fn status(status: &Value, deployment: &Value, item: &Value, out: &mut Output<'_>) {
    let state = status.str("state").unwrap_or("unknown").to_lowercase();
    let environment =
        status.str("environment").or_else(|| deployment.str("environment")).unwrap_or("unknown environment");
    let description = deployment.str("description").or_else(|| status.str("description")).unwrap_or_default();
    let sha = deployment.first(&["sha", "commitOid", "commit/oid"]);
    let what = repository(deployment).or_else(|| repository(status)).or_else(|| repository(item));
    let reference =
        deployment.str("ref").filter(|name| sha != Some(name)).or(sha.and_then(|sha| sha.get(..7)));
    let subject = [what.as_deref(), reference].into_iter().flatten().collect::<Vec<_>>().join("@");
    let subject = if subject.is_empty() { "deployment".to_owned() } else { subject };
    let verb = match state.as_str() {
        "success" | "active" => format!("Deployed {subject} to {environment}"),
        "failure" | "error" => format!("Deployment of {subject} to {environment} failed"),
        "inactive" => format!("Deployment of {subject} to {environment} superseded"),
        other => format!("Deployment of {subject} to {environment}: {}", other.replace('_', " ")),
    };
    let text = if description.is_empty() { verb } else { format!("{verb}: {description}") };
    // Pages of documentation are published on every merge and run nothing.
    let deployed = matches!(state.as_str(), "success" | "active") && environment != "github-pages";
    let undone = change_kind(
        &format!("{description} {}", deployment.str("task").unwrap_or_default()),
        EventKind::Deploy,
    );
    let moment = status.first_moment(&["created_at", "createdAt", "updated_at", "updatedAt"]);
    out.emit(
        Entry::new("github", SourceClass::Deploy, if deployed { undone } else { EventKind::Log }, moment)
            .text(text)
            .actor(account(status.at("creator")).or_else(|| account(deployment.at("creator"))))
            .key(deployed.then(|| sha_key(sha)).flatten())
            .key(deployment.text("id").map(|id| format!("deployment:{id}:{state}")))
            .service(what.as_deref().and_then(|name| name.rsplit('/').next()))
            .service(app(deployment))
            .permalink(
                status
                    .first(&["log_url", "target_url", "logUrl", "environment_url"])
                    .or_else(|| deployment.first(&["html_url", "url"])),
            )
            .label("environment", Some(environment))
            .label("status", Some(state))
            .label("sha", sha)
            .label("subtype", Some("deployment")),
    );
}

/// The application that a deployment's payload names; the payload may be an object or its text.
fn app(deployment: &Value) -> Option<String> {
    let payload = match deployment.at("payload")? {
        Value::String(text) => serde_json::from_str(text).ok()?,
        payload => payload.clone(),
    };
    payload.first(&["app", "service", "application", "name"]).map(str::to_owned)
}

fn deployment(item: &Value, out: &mut Output<'_>) {
    let lists = ["statuses", "deployment_statuses", "Statuses/nodes", "statuses/nodes"];
    let statuses = lists.iter().map(|path| item.list(path)).find(|list| !list.is_empty());
    if let Some(statuses) = statuses {
        statuses.iter().for_each(|one| status(one, item, item, out));
        return;
    }
    // Without its statuses a deployment is a request; the last status stands in `state` at best.
    let state = item.first(&["latestStatus/state", "state", "status"]).unwrap_or("created");
    let mut stand_in = serde_json::json!({"state": state});
    for (name, path) in
        [("created_at", "latestStatus/createdAt"), ("created_at", "created_at"), ("created_at", "createdAt")]
    {
        if let Some(at) = item.at(path)
            && !stand_in.names(name)
        {
            stand_in[name] = at.clone();
        }
    }
    status(&stand_in, item, item, out);
}

impl JsonSource for GithubDeployments {
    fn id(&self) -> &'static str {
        "github_deployments"
    }

    fn title(&self) -> &'static str {
        "GitHub deployments"
    }

    fn describe(&self) -> &'static str {
        "gh api repos/OWNER/REPO/deployments and /statuses, GraphQL answers, deployment webhooks; success counts as deployed."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["deployments", "data", "repository", "nodes", "deployment_statuses"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        if is_webhook(item) {
            return Confidence::Certain;
        }
        let graphql = item.has_all(&["environment", "createdAt", "state"])
            && (item.names("commitOid") || item.names("latestStatus"));
        Confidence::Strong.when(is_status(item) || is_deployment(item) || graphql)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if is_webhook(item) {
            match (item.at("deployment_status"), item.at("deployment")) {
                (Some(one), Some(deployment)) => status(one, deployment, item, out),
                (None, Some(one)) => deployment(one, out),
                _ => {}
            }
        } else if is_status(item) && !is_deployment(item) {
            // A status alone knows its deployment by address only.
            let id =
                item.str("deployment_url").and_then(|address| address.rsplit('/').next()).unwrap_or_default();
            status(item, &serde_json::json!({"id": id, "url": item.at("deployment_url")}), item, out);
        } else {
            deployment(item, out);
        }
    }
}
