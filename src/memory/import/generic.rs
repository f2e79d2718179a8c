//! Any other record with a title or a text: the names that trackers use for the same thing.

use serde_json::{Map, Value};

use super::Export;
use super::record::{Record, at, instant, list, names, scalar, text};
use crate::document::{Moment, parse_moment};

pub(super) struct Generic;
pub(super) const ENTRY: Generic = Generic;

const ID: &[&str] = &["id", "key", "number", "incident_id", "reference", "incident"];
const TITLE: &[&str] = &["title", "name", "subject", "headline", "short_description"];
const START: &[&str] =
    &["started_at", "start", "started", "start_time", "impact_start", "occurred_at", "opened_at", "date"];
const ENDED: &[&str] = &["resolved_at", "resolved", "end", "ended", "end_time", "ended_at", "closed_at"];

/// Whether a record says what it is called.
pub(super) fn is_named(record: &Map<String, Value>) -> bool {
    ID.iter().any(|name| record.get(*name).and_then(scalar).is_some())
}

impl Export for Generic {
    fn name(&self) -> &'static str {
        "records"
    }

    fn recognises(&self, item: &Value) -> bool {
        text(item, TITLE).is_some() && text(item, ID).is_some()
    }

    fn read(&self, item: &Value, _: &[Value]) -> Record {
        let moment = |paths: &[&str]| text(item, paths).and_then(|text| instant(&text));
        let day = text(item, START).and_then(|text| match parse_moment(&text)? {
            Moment::Day(day) => Some(day),
            _ => None,
        });
        Record {
            reference: text(item, ID).unwrap_or_default(),
            title: text(item, TITLE).unwrap_or_default(),
            severity: text(item, &["severity", "sev", "priority", "impact_level"]),
            services: several(item, &["services", "service", "components", "component", "affected_services"]),
            teams: several(item, &["teams", "team", "owning_team"]),
            started: moment(START),
            day,
            detected: moment(&["detected_at", "detected", "detection_time"]),
            acknowledged: moment(&["acknowledged_at", "acknowledged"]),
            mitigated: moment(&["mitigated_at", "mitigated"]),
            resolved: moment(ENDED),
            link: text(item, &["url", "link", "permalink"]),
            summary: text(item, &["text", "summary", "description", "body", "content"]).unwrap_or_default(),
            impact: text(item, &["impact", "customer_impact"]).unwrap_or_default(),
            cause: text(item, &["root_cause", "cause", "root_causes"]).unwrap_or_default(),
            resolution: text(item, &["resolution", "mitigation", "fix"]).unwrap_or_default(),
            actions: list(item, "actions")
                .filter_map(|one| {
                    let said = scalar(one).or_else(|| text(one, &["action", "title", "summary"]))?;
                    let of = |path: &str| text(one, &[path]).unwrap_or_default();
                    Some([said, of("owner"), of("due"), of("status")])
                })
                .chain(
                    several(item, &["action_items", "actions", "follow_ups"])
                        .into_iter()
                        .map(|said| [said, String::new(), String::new(), String::new()]),
                )
                .collect(),
            ..Record::default()
        }
    }
}

/// A list of names, or names in one text separated by commas or semicolons.
fn several(item: &Value, fields: &[&str]) -> Vec<String> {
    fields
        .iter()
        .find_map(|field| match at(item, field)? {
            Value::Array(_) if *field == "actions" => None,
            Value::Array(_) => Some(names(item, field, &["name", "summary", "title"])),
            one => {
                scalar(one).map(|text| text.split([',', ';']).map(|name| name.trim().to_owned()).collect())
            }
        })
        .unwrap_or_default()
}
