//! Rules and lost facts as lists.

use std::fmt::Write as _;
use std::path::Path;

use crate::cli::table::aligned;
use crate::lint::against::{FactKind, LostFact};
use crate::lint::rules::ALL;

/// Every rule on a line: id, level, name, family.
#[must_use]
pub fn rules() -> String {
    let rows: Vec<Vec<String>> = ALL
        .iter()
        .map(|rule| {
            vec![
                rule.id.to_owned(),
                if rule.on { rule.level.name() } else { "off" }.to_owned(),
                rule.name.to_owned(),
                rule.family.to_owned(),
            ]
        })
        .collect();
    aligned(&["id", "level", "rule", "family"], &rows)
}

/// The same as JSON: `{"rules": [{"id", "name", "level", "on", "category", "rationale", "question"}]}`.
#[must_use]
pub fn rules_json() -> String {
    let rows: Vec<_> = ALL
        .iter()
        .map(|rule| {
            serde_json::json!({
                "id": rule.id,
                "name": rule.name,
                "level": rule.level.name(),
                "on": rule.on,
                "category": rule.family,
                "rationale": rule.rationale,
                "question": rule.question,
            })
        })
        .collect();
    super::json(&serde_json::json!({ "rules": rows }))
}

/// Facts that went missing, each with its place in the old version.
#[must_use]
pub fn lost(old: &Path, facts: &[LostFact]) -> String {
    if facts.is_empty() {
        return "no fact was lost\n".to_owned();
    }
    let mut out = String::new();
    for fact in facts {
        let kind = match fact.kind {
            FactKind::Time => "time",
            FactKind::Number => "number",
            FactKind::Identifier => "identifier",
            FactKind::Cause => "cause",
            FactKind::Action => "action",
        };
        let _ = writeln!(out, "{}:{}: {kind} no longer told: {}", old.display(), fact.line, fact.text);
    }
    let _ = writeln!(out, "{} facts of the older version are gone", facts.len());
    out
}
