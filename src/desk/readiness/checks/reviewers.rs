//! Approvals that the settings ask for.

use serde_json::Value;

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};

pub(super) struct Reviewers;
pub(super) static ENTRY: Reviewers = Reviewers;

impl Check for Reviewers {
    fn id(&self) -> &'static str {
        "reviewers"
    }

    fn about(&self) -> &'static str {
        "Everybody whom the settings name has approved (front matter `approved_by`)"
    }

    fn since(&self) -> Stage {
        Stage::Final
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let approved: Vec<String> = match reading.parsed.postmortem.front.extra.get("approved_by") {
            Some(Value::Array(names)) => names.iter().filter_map(|name| name.as_str().map(plain)).collect(),
            Some(Value::String(names)) => names.split(',').map(plain).collect(),
            _ => Vec::new(),
        };
        let missing = reading.situation.reviewers.iter().filter(|name| !approved.contains(&plain(name)));
        missing
            .map(|name| Obstacle {
                line: 1,
                check: self.id(),
                message: format!("{name} has not approved it"),
                help: format!("when they have, add `approved_by: [{}]` to the front matter", plain(name)),
            })
            .collect()
    }
}

fn plain(name: &str) -> String {
    name.trim().trim_start_matches('@').to_lowercase()
}
