//! The document as one JSON object.

use serde_json::{Value, json};

use crate::document::{Postmortem, action_items, factors};

/// Front matter, sections, action items and factors.
pub(super) fn object(postmortem: &Postmortem) -> String {
    let front = &postmortem.front;
    let sections: Vec<Value> = postmortem
        .sections
        .iter()
        .map(|section| {
            let kind = section.kind.map(|kind| kind.heading().to_lowercase().replace(' ', "_"));
            json!({ "heading": section.heading, "level": section.level, "kind": kind, "body": section.body })
        })
        .collect();
    let factors: Vec<Value> = factors(postmortem)
        .into_iter()
        .map(|factor| json!({ "category": factor.category.map(crate::domain::FactorCategory::name), "text": factor.text }))
        .collect();
    let object = json!({
        "id": front.id,
        "title": postmortem.title,
        "status": front.status.map(crate::document::Status::name),
        "severity": front.severity,
        "services": front.services,
        "teams": front.teams,
        "started_at": front.started_at,
        "detected_at": front.detected_at,
        "acknowledged_at": front.acknowledged_at,
        "mitigated_at": front.mitigated_at,
        "resolved_at": front.resolved_at,
        "published_at": front.published_at,
        "repeat_of": front.repeat_of,
        "preamble": postmortem.preamble,
        "sections": sections,
        "actions": action_items(postmortem),
        "factors": factors,
    });
    serde_json::to_string_pretty(&object).unwrap_or_default() + "\n"
}
