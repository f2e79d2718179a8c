//! Kubernetes audit log: who changed what through the API server.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, machine, person};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::{Confidence, Output};

use super::kubernetes_events::workload;

pub(super) struct KubernetesAudit;
pub(super) static ENTRY: Json<KubernetesAudit> = Json(KubernetesAudit);

impl JsonSource for KubernetesAudit {
    fn id(&self) -> &'static str {
        "kubernetes_audit"
    }

    fn title(&self) -> &'static str {
        "Kubernetes audit log"
    }

    fn describe(&self) -> &'static str {
        "audit.log of the API server (JSON lines); changes are kept, reads are left out."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["items"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        let audit = item.str("apiVersion").is_some_and(|version| version.starts_with("audit.k8s.io"));
        Confidence::Certain.when(audit || item.has_all(&["auditID", "verb", "requestReceivedTimestamp"]))
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let verb = item.str("verb").unwrap_or_default();
        if !["create", "update", "patch", "delete", "deletecollection"].contains(&verb) {
            return out.aside("they only read, nothing was changed", out.position());
        }
        let resource = item.str("objectRef/resource").unwrap_or("object");
        let name = item.str("objectRef/name").unwrap_or_default();
        let namespace = item.str("objectRef/namespace");
        let subresource = item.str("objectRef/subresource").map(|sub| format!("/{sub}")).unwrap_or_default();
        let place = namespace.map_or_else(|| name.to_owned(), |space| format!("{space}/{name}"));
        let user = item.str("user/username");
        let system = user.is_some_and(|user| user.starts_with("system:"));
        let moment = item.first_moment(&["requestReceivedTimestamp", "stageTimestamp"]);
        let kind = match resource {
            _ if system => EventKind::Log,
            "configmaps" | "secrets" | "ingresses" | "networkpolicies" => EventKind::ConfigChange,
            _ => EventKind::Action,
        };
        let code = item.text("responseStatus/code");
        out.emit(
            Entry::new("kubernetes", SourceClass::Automated, kind, moment)
                .text(format!("{verb} {resource}{subresource} {place}"))
                .actor(if system { machine(user) } else { person([user]) })
                .key(item.str("auditID").map(|id| format!("audit:{id}")))
                .service(Some(workload(if resource == "pods" { "Pod" } else { "" }, name)))
                .service(namespace)
                .label("namespace", namespace)
                .label("status", code)
                .label("subtype", Some("audit")),
        );
    }
}
