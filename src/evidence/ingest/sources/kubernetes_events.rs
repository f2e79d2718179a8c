//! Kubernetes events in all their shapes: core/v1, events.k8s.io/v1, lists, dumps, reduced copies.

use serde_json::Value;

use crate::domain::{EventKind, SourceClass};
use crate::evidence::ingest::entry::{Entry, machine};
use crate::evidence::ingest::json::{Field, Json, JsonSource};
use crate::evidence::ingest::moment::Moment;
use crate::evidence::ingest::{Confidence, Output};

pub(super) struct KubernetesEvents;
pub(super) static ENTRY: Json<KubernetesEvents> = Json(KubernetesEvents);

/// When it happened first, and when last if it was repeated. Scheduler events carry `eventTime`, those of the kubelet
/// first and last; both occur in one list.
fn times(item: &Value) -> (Option<Moment>, Option<Moment>) {
    let last = item.first_moment(&["series/lastObservedTime", "lastTimestamp", "deprecatedLastTimestamp"]);
    let first = item.first_moment(&["eventTime", "firstTimestamp", "deprecatedFirstTimestamp"]);
    // Flux sends events of this shape with a time of its own name.
    let created = item.first_moment(&["timestamp", "metadata/creationTimestamp"]);
    match (first, last) {
        (Some(first), last) => (Some(first), last),
        (None, Some(last)) => (Some(last), None),
        (None, None) => (created, None),
    }
}

/// The workload that a pod or replica set belongs to: its name without the generated endings.
pub(super) fn workload<'a>(kind: &str, name: &'a str) -> &'a str {
    let generated = |part: &str| {
        let letters = part.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
        letters && !part.is_empty() && !part.bytes().any(|byte| b"aeiou".contains(&byte))
    };
    let cut = |name: &'a str, lengths: std::ops::RangeInclusive<usize>| match name.rsplit_once('-') {
        Some((base, end)) if lengths.contains(&end.len()) && generated(end) => base,
        _ => name,
    };
    match kind {
        "Pod" => {
            let base = cut(name, 5..=5);
            if base == name {
                // A member of a stateful set: `name-0`.
                return match name.rsplit_once('-') {
                    Some((base, end))
                        if !end.is_empty() && end.len() <= 3 && end.bytes().all(|b| b.is_ascii_digit()) =>
                    {
                        base
                    }
                    _ => name,
                };
            }
            cut(base, 6..=10)
        }
        "ReplicaSet" | "Job" => cut(name, 5..=10),
        _ => name,
    }
}

fn kind(reason: &str, warning: bool) -> EventKind {
    match reason {
        "ScalingReplicaSet" | "SuccessfulRescale" | "RollingUpdate" | "DeploymentRollback" => {
            EventKind::Action
        }
        _ if warning => EventKind::Observation,
        _ => EventKind::Log,
    }
}

impl JsonSource for KubernetesEvents {
    fn id(&self) -> &'static str {
        "kubernetes_events"
    }

    fn title(&self) -> &'static str {
        "Kubernetes events"
    }

    fn describe(&self) -> &'static str {
        "kubectl get events -A -o json, within the hour for which clusters keep them; cluster-info dumps too."
    }

    fn arrays(&self) -> &'static [&'static str] {
        &["items"]
    }

    fn recognise(&self, item: &Value) -> Confidence {
        if item.str("apiVersion").is_some_and(|version| version.starts_with("audit.k8s.io")) {
            return Confidence::None;
        }
        let object = item.has("involvedObject") || item.has("regarding");
        if object && (item.names("reason") || item.names("note") || item.names("message")) {
            return Confidence::Certain;
        }
        let reduced = item.has("reason")
            && (item.names("message") || item.names("note"))
            && (item.names("lastTimestamp")
                || item.names("eventTime")
                || item.names("firstTimestamp")
                || item.names("deprecatedLastTimestamp"));
        Confidence::Strong.when(reduced)
    }

    fn item(&self, item: &Value, out: &mut Output<'_>) {
        let empty = Value::Null;
        let object = item.at("involvedObject").or_else(|| item.at("regarding")).unwrap_or(&empty);
        let reason = item.str("reason").unwrap_or("Event");
        let message = item.first(&["message", "note"]).unwrap_or_default();
        let namespace = object
            .str("namespace")
            .or_else(|| item.str("namespace"))
            .or_else(|| item.str("metadata/namespace"));
        let object_kind = object.str("kind").unwrap_or_default();
        let name = object.str("name").or_else(|| item.first(&["object", "name"]));
        let place = match (namespace, name) {
            (Some(namespace), Some(name)) => format!("{object_kind} {namespace}/{name}"),
            (_, Some(name)) => format!("{object_kind} {name}"),
            (Some(namespace), None) => format!("namespace {namespace}"),
            _ => String::new(),
        };
        let place = place.trim();
        let mut text = if message.is_empty() { reason.to_owned() } else { format!("{reason}: {message}") };
        if !place.is_empty() {
            text = format!("{text} ({place})");
        }
        let component = item.first(&[
            "source/component",
            "deprecatedSource/component",
            "reportingComponent",
            "reportingController",
        ]);
        let host = item.first(&["source/host", "deprecatedSource/host"]);
        let count = item
            .integer("series/count")
            .or_else(|| item.integer("count"))
            .or_else(|| item.integer("deprecatedCount"))
            .unwrap_or(1);
        let warning = item.str("type").is_some_and(|kind| kind.eq_ignore_ascii_case("warning"));
        let (first, last) = times(item);
        out.emit(
            Entry::new("kubernetes", SourceClass::Automated, kind(reason, warning), first)
                .text(text)
                .until(last.filter(|_| count > 1))
                .count(count)
                .actor(machine(component))
                .key(item.str("metadata/uid").map(|uid| format!("k8s:{uid}")))
                .service(name.map(|name| workload(object_kind, name)))
                .service(namespace)
                .label("severity", item.str("type"))
                .label("reason", Some(reason))
                .label("object", Some(place))
                .label("namespace", namespace)
                .label("host", host),
        );
    }
}
