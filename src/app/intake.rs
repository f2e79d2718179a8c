//! From an incident folder to its timeline: read, place in time, merge.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Error;
use crate::config::{Settings, read_incident};
use crate::domain::{EventKind, Timeline};
use crate::evidence::timeline;
use crate::redact::Redactor;
use crate::store::{self, IntakeOptions};

/// Characters of a title that is taken from an alert.
const TITLE_LENGTH: usize = 80;

/// What is read and how; options win over `incident.toml`.
#[derive(Clone, Debug, Default)]
pub struct IntakeRequest {
    /// Folder, zip or single file.
    pub incident: PathBuf,
    /// Zone for times that carry none.
    pub timezone: Option<String>,
    /// Keeps what lies between the two instants.
    pub window: Option<(Timestamp, Timestamp)>,
    /// File (relative to the folder) to the id of the format it is to be read as.
    pub read_as: BTreeMap<String, String>,
    /// Makes a file that cannot be read in full an error.
    pub strict: bool,
}

/// The timeline of an incident folder, secrets replaced: fit to be shown.
///
/// # Errors
/// Nothing to read, a broken `incident.toml`, an unknown zone; with `strict` any file that was not read in full.
pub fn timeline(request: &IntakeRequest, settings: &Settings) -> Result<Timeline, Error> {
    let mut timeline = read(request, settings)?;
    let mut redactor = Redactor::default();
    for event in &mut timeline.events {
        event.text = redactor.redact(&event.text).as_str().to_owned();
    }
    for conflict in &mut timeline.conflicts {
        conflict.what = redactor.redact(&conflict.what).as_str().to_owned();
        conflict.kept = redactor.redact(&conflict.kept).as_str().to_owned();
    }
    Ok(timeline)
}

/// The timeline as the evidence has it.
pub(super) fn read(request: &IntakeRequest, settings: &Settings) -> Result<Timeline, Error> {
    let options = IntakeOptions {
        formats: request.read_as.clone(),
        window: request.window,
        window_of: Some(|text| read_incident(text, Path::new("incident.toml"), "").ok()?.window),
        ..IntakeOptions::default()
    };
    let collected = store::collect(&request.incident, &options).map_err(store::Error::from)?;
    if let Some(warning) = collected.warnings.first().filter(|_| request.strict) {
        return Err(Error::input(warning.to_string(), "mend or remove the file, or run without --strict"));
    }
    let manifest = collected.manifest.unwrap_or_default();
    let shown = request.incident.join("incident.toml");
    let mut incident = read_incident(&manifest, &shown, &fallback_id(&request.incident))?;
    incident.timezone = request.timezone.clone().or(incident.timezone).or_else(|| settings.timezone.clone());
    if let Some(zone) = &incident.timezone {
        check_zone(zone)?;
    }
    incident.window = request.window.or(incident.window);
    let mut timeline = timeline::build(collected.records, incident, &timeline::Options::default());
    if timeline.incident.title.is_empty() {
        timeline.incident.title = derived_title(&timeline);
    }
    timeline.sources = collected.files;
    timeline.warnings.splice(0..0, collected.warnings.into_iter().chain(collected.notes));
    Ok(timeline)
}

/// What the first alert says, else the day: a name to work with until a person gives a better one.
fn derived_title(timeline: &Timeline) -> String {
    let alert = timeline.key_events().find(|event| event.kind == EventKind::AlertFired);
    let alert = alert.map(|event| Redactor::default().redact(&event.text).into_string());
    let said = alert
        .as_deref()
        .and_then(|text| text.split([':', '·', '\n']).map(str::trim).find(|part| part.len() > 8));
    let day = timeline
        .phases
        .started
        .as_ref()
        .map(|mark| mark.at)
        .or_else(|| timeline.events.first().map(|event| event.at));
    match (said, day) {
        (Some(said), _) => said.chars().take(TITLE_LENGTH).collect(),
        (None, Some(at)) => format!("Incident of {}", at.to_zoned(TimeZone::UTC).date()),
        (None, None) => "Incident".to_owned(),
    }
}

/// Name of the folder or file, without an ending.
fn fallback_id(incident: &Path) -> String {
    let absolute = incident.canonicalize();
    let path = absolute.as_deref().unwrap_or(incident);
    let name = if path.is_dir() { path.file_name() } else { path.file_stem() };
    name.map_or_else(|| "incident".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// An IANA name or a fixed offset such as `+01:00`.
fn check_zone(zone: &str) -> Result<(), Error> {
    let offset = format!("2025-01-01T00:00:00{zone}").parse::<Timestamp>().is_ok();
    if offset || TimeZone::get(zone).is_ok() {
        return Ok(());
    }
    Err(Error::usage(
        format!("`{zone}` is no time zone"),
        "name it as Europe/Berlin, America/Los_Angeles, UTC or +01:00",
    ))
}
