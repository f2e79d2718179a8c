//! CircleCI workflows and pipelines; Bitbucket deployments and pipelines.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, person, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct CircleCi;
pub(super) static ENTRY: Json<CircleCi> = Json(CircleCi);

fn is_workflow(item: &Value) -> bool {
    item.names("pipeline_number")
        || item.names("project_slug") && item.names("stopped_at")
        || item.str("type") == Some("workflow-completed")
}

fn is_bitbucket(item: &Value) -> bool {
    item.str("type").is_some_and(|kind| kind.starts_with("deployment") || kind == "pipeline")
        && (item.has("state/name")
            || item.has("state/started_on")
            || item.has("state/completed_on")
            || item.has("build_number"))
}

fn workflow(item: &Value, out: &mut Output<'_>) {
    let inner = item.at("workflow").unwrap_or(item);
    let name = inner.str("name").unwrap_or("workflow");
    let status = inner.str("status").unwrap_or("unknown");
    let deploys = name.to_lowercase().contains("deploy") && status == "success";
    let kind = if deploys { EventKind::Deploy } else { EventKind::Log };
    out.emit(
        Entry::new("circleci", SourceClass::Deploy, kind, inner.first_moment(&["created_at", "started_at"]))
            .text(format!("Workflow {name}: {status}"))
            .until(inner.moment("stopped_at"))
            .actor(person([inner.first(&["started_by_name", "actor/login"])]))
            .service(inner.str("project_slug").and_then(|slug| slug.rsplit('/').next()))
            .permalink(inner.str("url"))
            .label("status", Some(status))
            .label("subtype", Some("workflow")),
    );
}

fn bitbucket(item: &Value, out: &mut Output<'_>) {
    let environment = item.first(&["environment/name", "environment/slug"]);
    let status = item.first(&["state/status/name", "state/result/name", "state/name"]).unwrap_or("unknown");
    let done = status.eq_ignore_ascii_case("successful");
    let kind = if done && environment.is_some() { EventKind::Deploy } else { EventKind::Log };
    let name =
        item.first(&["release/name", "deployable/name", "repository/full_name"]).unwrap_or("deployment");
    let place = environment.map(|name| format!(" to {name}")).unwrap_or_default();
    let verb = if kind == EventKind::Deploy {
        "Deployed".to_owned()
    } else {
        format!("Pipeline {}:", status.to_lowercase())
    };
    let sha = item.first(&["release/commit/hash", "deployable/commit/hash", "target/commit/hash"]);
    out.emit(
        Entry::new(
            "bitbucket",
            SourceClass::Deploy,
            kind,
            item.first_moment(&[
                "state/completed_on",
                "completed_on",
                "state/started_on",
                "created_on",
                "last_update_time",
            ]),
        )
        .text(format!("{verb} {name}{place}"))
        .actor(person([item.first(&["creator/display_name", "state/triggered_by/display_name"])]))
        .key(sha_key(sha).filter(|_| kind == EventKind::Deploy))
        .permalink(item.first(&["state/url", "links/html/href", "release/url"]))
        .label("environment", environment)
        .label("status", Some(status.to_lowercase()))
        .label("subtype", Some("deployment")),
    );
}

impl JsonSource for CircleCi {
    fn id(&self) -> &'static str {
        "circleci"
    }

    fn title(&self) -> &'static str {
        "CircleCI and Bitbucket"
    }

    fn describe(&self) -> &'static str {
        "CircleCI API v2 workflows, Bitbucket deployments and pipelines."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["items", "values"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        Confidence::Strong.when(is_workflow(item) || is_bitbucket(item))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        if is_bitbucket(item) {
            bitbucket(item, out);
        } else {
            workflow(item, out);
        }
    }
}
