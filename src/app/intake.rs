//! From an incident folder to its timeline: read, place in time, merge.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Error;
use crate::config::{Settings, read_incident};
use crate::domain::Timeline;
use crate::evidence::timeline;
use crate::redact::Redactor;
use crate::store::{self, IntakeOptions};

/// Folders named so say only that evidence lies in them; the folder above carries the name of the incident.
const CONTAINERS: [&str; 12] = [
    "raw",
    "evidence",
    "data",
    "export",
    "exports",
    "exported",
    "artifacts",
    "attachments",
    "collected",
    "files",
    "input",
    "logs",
];

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
    /// The clock, for evidence that tells no day.
    pub now: Option<Timestamp>,
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
    let mut timeline = timeline::build(
        collected.records,
        incident,
        &timeline::Options { now: request.now, ..timeline::Options::default() },
    );
    if timeline.incident.title.is_empty() {
        timeline.incident.title = derived_title(&timeline);
    }
    if timeline.incident.severity.is_none() {
        timeline.incident.severity = timeline::severity(&timeline);
    }
    timeline.sources = collected.files;
    timeline.warnings.splice(0..0, collected.warnings.into_iter().chain(collected.notes));
    Ok(timeline)
}

/// What the evidence calls it, else the day: a name to work with until a person gives a better one.
fn derived_title(timeline: &Timeline) -> String {
    let started = timeline.phases.started.as_ref().map(|mark| mark.at);
    let day = started.or_else(|| timeline.events.first().map(|event| event.at));
    let said = timeline::title(timeline).map(|said| Redactor::default().redact(&said).into_string());
    match (said, day) {
        (Some(said), _) => said,
        (None, Some(at)) => format!("Incident of {}", at.to_zoned(TimeZone::UTC).date()),
        (None, None) => "Incident".to_owned(),
    }
}

/// Name of the folder or file, without an ending; of the folder above when the name says only that evidence is in it.
fn fallback_id(incident: &Path) -> String {
    let absolute = incident.canonicalize();
    let path = absolute.as_deref().unwrap_or(incident);
    let says_nothing = |path: &Path| {
        path.file_stem().is_some_and(|name| CONTAINERS.iter().any(|known| name.eq_ignore_ascii_case(known)))
    };
    let telling = path.ancestors().take(3).find(|path| path.file_name().is_some() && !says_nothing(path));
    let path = telling.unwrap_or(path);
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
