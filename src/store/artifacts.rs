//! Walks an incident folder (or a zip, or a single file) and reads whatever was collected in it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use thiserror::Error;
use walkdir::WalkDir;

use crate::domain::{SourceClass, SourceFile, Warning};
use crate::evidence::ingest::{Collector, Intake, Survey, by_id};
use crate::evidence::{Record, When};

use super::archive::{Archive, Packing, open, packing};

/// The file that describes the incident; it is no artifact.
const MANIFEST: &str = "incident.toml";
/// Log records kept at most; beyond that only a narrower window helps.
const MOST_LOG_RECORDS: usize = 100_000;
/// Logs this long before and after the other evidence are kept, when no window is given.
const AROUND: jiff::SignedDuration = jiff::SignedDuration::from_hours(2);
/// Evidence that spans longer than this does not tell when the incident was.
const LONGEST_SPAN: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 7);

/// How deep archives may lie in archives.
const DEEPEST: usize = 3;

/// From when to when the incident is looked at.
pub type Window = (Timestamp, Timestamp);

/// What a person decided about reading.
#[derive(Clone, Debug, Default)]
pub struct IntakeOptions {
    /// Path relative to the folder to the id of the format it is to be read as.
    pub formats: BTreeMap<String, String>,
    /// Log records outside of it are counted, not kept.
    pub window: Option<Window>,
    /// Reads the window out of the text of an `incident.toml`, where none was given.
    pub window_of: Option<fn(&str) -> Option<Window>>,
    /// File names that are no artifacts, such as an earlier draft.
    pub skip: BTreeSet<String>,
}

/// Everything read from a folder.
#[derive(Debug, Default)]
pub struct Collected {
    pub records: Vec<Record>,
    pub warnings: Vec<Warning>,
    /// What was left out by design: log records outside of the window, calls that only read.
    pub notes: Vec<Warning>,
    /// In the order of their paths.
    pub files: Vec<SourceFile>,
    /// Text of the `incident.toml` nearest to the top.
    pub manifest: Option<String>,
}

/// Why nothing could be read at all.
#[derive(Debug, Error)]
pub enum ArtifactsError {
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    #[error("{} holds no files to read", .0.display())]
    Empty(PathBuf),
    #[error("`{format}` is no format (asked for {file})")]
    UnknownFormat { file: String, format: String },
    #[error("{} cannot be read: {source}", .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
}

impl ArtifactsError {
    /// What the person can do.
    #[must_use]
    pub fn help(&self) -> String {
        let advice = match self {
            Self::Missing(_) => "check the path; it is taken relative to the current folder",
            Self::Empty(_) => {
                "put what was collected into it: a Slack export, exports of alerts and deploys, notes; \
                 `unblame formats` lists what is understood"
            }
            Self::UnknownFormat { .. } => "`unblame formats` lists the names",
            Self::Unreadable { .. } => "check that it may be read",
        };
        advice.to_owned()
    }
}

/// One file on disk and how it is packed.
struct Found {
    /// Path as shown: relative to the folder, with `/`.
    name: String,
    path: PathBuf,
    packing: Packing,
}

/// Reads everything below `root`.
///
/// # Errors
/// [`ArtifactsError`] when there is nothing to read. Broken single files are warnings in the result.
pub fn collect(root: &Path, options: &IntakeOptions) -> Result<Collected, ArtifactsError> {
    if let Some((file, format)) = options.formats.iter().find(|(_, format)| by_id(format).is_none()) {
        return Err(ArtifactsError::UnknownFormat { file: file.clone(), format: format.clone() });
    }
    let mut walk = Walk { warnings: Vec::new(), manifest: None };
    let found = walk.files(root, options)?;
    let mut intake = Intake::new(options.formats.clone());
    let mut surveys: BTreeMap<String, Survey> = BTreeMap::new();
    walk.each(&found, options, |name, input, warnings| match intake.survey(name, input) {
        Ok(survey) => {
            surveys.insert(name.to_owned(), survey);
        }
        Err(error) => warnings.push(Warning::new(name, None, format!("could not be read: {error}"))),
    });
    if surveys.is_empty() && walk.warnings.is_empty() {
        return Err(ArtifactsError::Empty(root.to_owned()));
    }
    let manifest = walk.manifest.as_deref();
    let window = options.window.or_else(|| options.window_of.and_then(|window_of| window_of(manifest?)));
    let mut sink = Collector::within(window, MOST_LOG_RECORDS);
    let mut files: BTreeMap<String, SourceFile> = BTreeMap::new();
    // Logs come last: what else was found tells which of them matter.
    for bulk in [false, true] {
        if !surveys.values().any(|survey| is_bulk(survey) == bulk) {
            continue;
        }
        if bulk {
            sink.window = sink.window.or_else(|| span(&sink.records));
            sink.begin_logs();
        }
        intake.year = sink.window.map(|(from, _)| jiff::tz::Offset::UTC.to_datetime(from).year());
        let mut again = Walk { warnings: Vec::new(), manifest: None };
        again.each(&found, options, |name, input, _| {
            let Some(survey) = surveys.get(name).filter(|survey| is_bulk(survey) == bulk) else { return };
            let read = intake.read(name, survey, input, &mut sink);
            let records = read.unwrap_or_else(|error| {
                sink.warnings.push(Warning::new(
                    name,
                    None,
                    format!("could not be read to the end: {error}"),
                ));
                0
            });
            let format = survey.format.map(str::to_owned);
            files.insert(name.to_owned(), SourceFile { file: name.to_owned(), format, records });
        });
    }
    if sink.outside > 0 {
        let message =
            format!("{} log records lie outside of the incident's window and were not kept", sink.outside);
        sink.notes.push(Warning::new(root_name(root), None, message));
    }
    if sink.beyond > 0 {
        let message = format!(
            "{} log records beyond {MOST_LOG_RECORDS} were not kept, the least severe first; give a narrower window",
            sink.beyond
        );
        walk.warnings.push(Warning::new(root_name(root), None, message));
    }
    let mut warnings = walk.warnings;
    warnings.append(&mut sink.warnings);
    warnings.sort();
    warnings.dedup();
    sink.notes.sort();
    Ok(Collected {
        records: sink.records,
        warnings,
        notes: sink.notes,
        files: files.into_values().collect(),
        manifest: walk.manifest,
    })
}

fn is_bulk(survey: &Survey) -> bool {
    survey.format.and_then(by_id).is_some_and(|source| source.is_bulk())
}

fn root_name(root: &Path) -> String {
    root.file_name().map_or_else(|| ".".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// When people and alerts were busy: the window for logs.
fn span(records: &[Record]) -> Option<Window> {
    let busy =
        records.iter().filter(|record| matches!(record.class, SourceClass::Chat | SourceClass::Alerting));
    let times = busy.filter_map(|record| match record.when {
        When::Instant(at) => Some(at),
        _ => None,
    });
    let (first, last) = times.fold(None, |span, at| match span {
        None => Some((at, at)),
        Some((first, last)) => Some((at.min(first), at.max(last))),
    })?;
    if last.duration_since(first) > LONGEST_SPAN {
        return None;
    }
    Some((first.checked_sub(AROUND).ok()?, last.checked_add(AROUND).ok()?))
}

struct Walk {
    warnings: Vec<Warning>,
    manifest: Option<String>,
}

impl Walk {
    fn warn(&mut self, name: &str, message: impl Into<String>) {
        self.warnings.push(Warning::new(name, None, message));
    }

    /// The files below the root in the order of their names; hidden ones and loops of links are left out.
    fn files(&mut self, root: &Path, options: &IntakeOptions) -> Result<Vec<Found>, ArtifactsError> {
        if !root.exists() {
            return Err(ArtifactsError::Missing(root.to_owned()));
        }
        let single = root.is_file();
        let mut found = Vec::new();
        let visible = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || name == "__MACOSX")
        };
        for entry in
            WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(visible)
        {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.depth() == 0 => {
                    let source = error.into_io_error().unwrap_or_else(|| io::Error::other("a loop of links"));
                    return Err(ArtifactsError::Unreadable { path: root.to_owned(), source });
                }
                Err(error) => {
                    let at = error
                        .path()
                        .and_then(|path| path.strip_prefix(root).ok())
                        .map(shown)
                        .unwrap_or_default();
                    let what = if error.loop_ancestor().is_some() {
                        "is a loop of links and was not followed".to_owned()
                    } else {
                        format!("could not be opened: {error}")
                    };
                    self.warn(&at, what);
                    continue;
                }
            };
            if !entry.file_type().is_file() {
                continue;
            }
            let name = if single {
                root_name(root)
            } else {
                entry.path().strip_prefix(root).map(shown).unwrap_or_default()
            };
            let file_name = entry.file_name().to_string_lossy();
            if !single && file_name == MANIFEST {
                if self.manifest.is_none() {
                    self.manifest = std::fs::read_to_string(entry.path()).ok();
                }
                continue;
            }
            if !single && options.skip.contains(file_name.as_ref()) {
                continue;
            }
            match packing(entry.path()) {
                Ok(packing) => found.push(Found { name, path: entry.path().to_owned(), packing }),
                Err(error) => self.warn(&name, format!("could not be opened: {error}")),
            }
        }
        Ok(found)
    }

    /// Opens every file and every member of every zip.
    fn each(
        &mut self,
        found: &[Found],
        options: &IntakeOptions,
        mut take: impl FnMut(&str, Box<dyn BufRead + '_>, &mut Vec<Warning>),
    ) {
        for file in found {
            if file.packing == Packing::Zip {
                match std::fs::File::open(&file.path).and_then(Archive::open) {
                    Ok(archive) => self.members(&file.name, archive, 0, options, &mut take),
                    Err(error) => self.unreadable(&file.name, &error),
                }
                continue;
            }
            match open(&file.path, file.packing) {
                Ok(input) => take(&file.name, input, &mut self.warnings),
                Err(error) => self.warn(&file.name, format!("could not be opened: {error}")),
            }
        }
    }

    fn unreadable(&mut self, name: &str, error: &io::Error) {
        self.warn(name, format!("is no readable zip archive ({error}); download it again"));
    }

    fn members(
        &mut self,
        shown: &str,
        mut archive: Archive,
        depth: usize,
        options: &IntakeOptions,
        take: &mut impl FnMut(&str, Box<dyn BufRead + '_>, &mut Vec<Warning>),
    ) {
        let members = std::mem::take(&mut archive.members);
        if members.iter().any(|member| member.name == "[Content_Types].xml") {
            return self.warn(shown, "is an office document; export it as CSV or text");
        }
        for member in members {
            let name = format!("{shown}/{}", member.name);
            let last = member.name.rsplit('/').next().unwrap_or_default();
            if let Some(reason) = member.refused {
                self.warn(&name, reason);
            } else if member.name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
                || options.skip.contains(last)
            {
                continue;
            } else if last == MANIFEST {
                let mut text = String::new();
                let read = archive.read(member.index).and_then(|input| {
                    io::Read::read_to_string(&mut io::Read::take(input, 1 << 20), &mut text)
                });
                if read.is_ok() && self.manifest.is_none() {
                    self.manifest = Some(text);
                }
            } else if last.to_lowercase().ends_with(".zip") {
                if depth == DEEPEST {
                    self.warn(&name, "lies too deep in archives inside archives; unpack it first");
                    continue;
                }
                match archive.inner(member.index).and_then(Archive::open) {
                    Ok(inner) => self.members(&name, inner, depth + 1, options, take),
                    Err(error) => self.unreadable(&name, &error),
                }
            } else {
                match archive.read(member.index) {
                    Ok(input) => take(&name, input, &mut self.warnings),
                    Err(error) => self.warn(&name, format!("could not be unpacked: {error}")),
                }
            }
        }
    }
}

fn shown(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
