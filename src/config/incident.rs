//! `incident.toml`: what the person knows of the incident, every key optional.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;

use super::Error;
use crate::domain::Incident;

/// Name of the file inside an incident folder.
pub const FILE_NAME: &str = "incident.toml";

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

/// Reads `incident.toml` of a folder; a folder without one gives the defaults. The id falls back to the folder's name.
///
/// # Errors
/// Unknown keys, wrong types and a window that is no pair of times, each with its line.
pub fn load_incident(folder: &Path) -> Result<Incident, Error> {
    let path = folder.join(FILE_NAME);
    let fallback_id = folder
        .canonicalize()
        .ok()
        .as_deref()
        .unwrap_or(folder)
        .file_stem()
        .map(|name| name.to_string_lossy().into_owned());
    let source = if path.is_file() {
        std::fs::read_to_string(&path)
            .map_err(|error| Error::Unreadable { path: path.clone(), reason: error.to_string() })?
    } else {
        String::new()
    };
    let file: IncidentFile =
        toml::from_str(&source).map_err(|error| Error::toml(path.clone(), &source, &error))?;
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
        id: file.id.or(fallback_id).unwrap_or_else(|| "incident".to_owned()),
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
