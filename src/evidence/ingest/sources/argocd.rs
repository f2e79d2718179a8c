//! Argo CD applications: syncs, their history, health; also inside notification payloads.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, machine, person, sha_key};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct ArgoCd;
pub(super) static ENTRY: Json<ArgoCd> = Json(ArgoCd);

fn application(item: &Value) -> &Value {
    item.at("app").or_else(|| item.at("application")).filter(|inner| inner.has("status")).unwrap_or(item)
}

impl JsonSource for ArgoCd {
    fn id(&self) -> &'static str {
        "argocd"
    }

    fn title(&self) -> &'static str {
        "Argo CD"
    }

    fn describe(&self) -> &'static str {
        "argocd app get NAME -o json, kubectl get applications -o json, or notification payloads that hold .app."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["items"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let app = application(item);
        let argo = app.str("apiVersion").is_some_and(|version| version.starts_with("argoproj.io"))
            && app.str("kind") == Some("Application");
        Confidence::Certain.when(
            argo || app.has("status/operationState") || (app.has("status/sync") && app.has("status/health")),
        )
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let app = application(item);
        let name = app.str("metadata/name").unwrap_or("application");
        let entry = |kind, at, text: String| {
            Entry::new("argocd", SourceClass::Deploy, kind, at)
                .text(text)
                .service(Some(name))
                .label("environment", app.str("spec/destination/namespace"))
                .label("subtype", Some("sync"))
        };
        let operation = app.at("status/operationState").unwrap_or(&Value::Null);
        let revision = operation.first(&["syncResult/revision", "operation/sync/revision"]);
        for one in app.list("status/history") {
            let sha = one.str("revision");
            let short = sha.map(|sha| sha.get(..7).unwrap_or(sha)).unwrap_or("a revision");
            let by = if one.flag("initiatedBy/automated") {
                machine(Some("argocd"))
            } else {
                person([one.str("initiatedBy/username")])
            };
            let at = one.first_moment(&["deployStartedAt", "deployedAt"]);
            let sync = entry(EventKind::Deploy, at, format!("Synced {name} to {short}"));
            out.emit(sync.until(one.moment("deployedAt")).actor(by).key(sha_key(sha)).label("sha", sha));
        }
        if operation.has("startedAt") {
            let phase = operation.str("phase").unwrap_or("unknown");
            let message = operation.str("message").map(|text| format!(" · {text}")).unwrap_or_default();
            let in_history = phase == "Succeeded"
                && app.list("status/history").iter().any(|one| one.str("revision") == revision);
            let by = operation
                .str("operation/initiatedBy/username")
                .or_else(|| app.str("operation/initiatedBy/username"));
            let kind = if phase == "Succeeded" && !in_history { EventKind::Deploy } else { EventKind::Log };
            let short = revision.map(|sha| sha.get(..7).unwrap_or(sha)).unwrap_or("a revision");
            let sync = entry(
                kind,
                operation.moment("startedAt"),
                format!("Sync of {name} to {short}: {phase}{message}"),
            );
            let by = by.map_or_else(|| machine(Some("argocd")), |by| person([Some(by)]));
            out.emit(
                sync.until(operation.moment("finishedAt"))
                    .actor(by)
                    .key(sha_key(revision).filter(|_| kind == EventKind::Deploy))
                    .label("status", Some(phase)),
            );
        }
        if app.has("status/health/lastTransitionTime") {
            let health = app.str("status/health/status").unwrap_or("unknown");
            let record = entry(
                EventKind::Observation,
                app.moment("status/health/lastTransitionTime"),
                format!("Health of {name}: {health}"),
            );
            out.emit(record.label("status", Some(health)).label("subtype", Some("health")));
        }
    }
}
