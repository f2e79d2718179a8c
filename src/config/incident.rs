//! `incident.toml`: what the person knows of the incident, every key optional.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;

use super::Error;
use crate::domain::Incident;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct IncidentFile {
    id: Option<String>,
    title: Option<String>,
    severity: Option<String>,
    services: Vec<String>,
    teams: Vec<String>,
    timezone: Option<String>,
    window: Option<[toml::Value; 2]>,
    roles: BTreeMap<String, String>,
    slo: BTreeMap<String, toml::Value>,
}

/// Takes the text of an `incident.toml` (empty when there is none); `shown` is its path for messages, `fallback_id`
/// names the incident when the file does not.
///
/// # Errors
/// Unknown keys, wrong types and a window that is no pair of times, each with its line.
pub fn read_incident(source: &str, shown: &Path, fallback_id: &str) -> Result<Incident, Error> {
    let path = shown.to_owned();
    let file: IncidentFile =
        toml::from_str(source).map_err(|error| Error::toml(path.clone(), source, &error))?;
    let line_of =
        |key: &str| source.lines().position(|line| line.trim_start().starts_with(key)).map_or(1, |at| at + 1);
    let window = match file.window {
        None => None,
        Some([from, to]) => {
            let refuse = |reason: &str| Error::Invalid {
                path: path.clone(),
                line: line_of("window"),
                reason: reason.to_owned(),
            };
            let pair = instant(&from).zip(instant(&to));
            let (from, to) =
                pair.ok_or_else(|| refuse("window takes two times such as \"2025-11-28T09:00:00Z\""))?;
            if from >= to {
                return Err(refuse("window ends before it begins"));
            }
            Some((from, to))
        }
    };
    Ok(Incident {
        id: file.id.unwrap_or_else(|| fallback_id.to_owned()),
        title: file.title.unwrap_or_default(),
        severity: file.severity,
        services: file.services,
        teams: file.teams,
        timezone: file.timezone,
        window,
        roles: file.roles,
        slo: file.slo.into_iter().map(|(name, value)| (name, plain(&value))).collect(),
    })
}

fn instant(value: &toml::Value) -> Option<Timestamp> {
    plain(value).parse().ok()
}

fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
