//! Loads the postmortems of the past: folders of Markdown, `.jsonl` files, several of either.

mod date;
mod documents;
mod fields;
mod jsonl;
mod markdown;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

pub use documents::{Document, documents};

use super::Error;
use crate::domain::{PastIncident, Warning};

/// The incidents of the past, with what was odd about their files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// In reading order: by path as given, then by file name, then by line.
    pub incidents: Vec<PastIncident>,
    /// Known groups by incident id, from the field `label`: only for evaluation.
    pub labels: BTreeMap<String, String>,
    /// Known duplicates, later id to earlier id, from the field `dup_of`: only for evaluation.
    pub duplicates: BTreeMap<String, String>,
    pub warnings: Vec<Warning>,
}

/// Reads every path; what cannot be understood becomes a warning with its file and line, the rest is kept.
pub fn load(paths: &[PathBuf]) -> Result<History, Error> {
    let mut collected = Collected::default();
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|error| Error::io(path, error))?;
        if metadata.is_dir() {
            collected.folder(path)?;
        } else {
            collected.file(path, &name_of(path))?;
        }
    }
    Ok(collected.history)
}

/// The files that [`load`] reads, in its order.
pub(super) fn history_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in paths {
        if std::fs::metadata(path).map_err(|error| Error::io(path, error))?.is_dir() {
            files.extend(files_of(path).0);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// The history files below a folder in name order, and what could not be looked at.
fn files_of(root: &Path) -> (Vec<PathBuf>, Vec<Warning>) {
    let (mut files, mut unreadable) = (Vec::new(), Vec::new());
    let walk = walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_history_file(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => {
                let place = error.path().unwrap_or(root).display().to_string();
                unreadable.push(Warning::new(place, None, format!("skipped: {error}")));
            }
        }
    }
    (files, unreadable)
}

#[derive(Default)]
struct Collected {
    history: History,
    /// Id to the place it was first read from.
    seen: HashMap<String, String>,
}

impl Collected {
    fn folder(&mut self, root: &Path) -> Result<(), Error> {
        let (files, unreadable) = files_of(root);
        self.history.warnings.extend(unreadable);
        for path in files {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            self.file(&path, &name)?;
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, name: &str) -> Result<(), Error> {
        let bytes = std::fs::read(path).map_err(|error| Error::io(path, error))?;
        let text = String::from_utf8_lossy(&bytes);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            let message = "is not UTF-8; the unreadable bytes were replaced";
            self.history.warnings.push(Warning::new(name, None, message));
        }
        let text = text.trim_start_matches('\u{feff}');
        if is_markdown(path) {
            self.take(markdown::read(text, name));
            return Ok(());
        }
        jsonl::read(text, name, |found| match found {
            Ok(record) => self.take(record),
            Err(warning) => self.history.warnings.push(warning),
        });
        Ok(())
    }

    fn take(&mut self, record: fields::Record) {
        let place = format!("{}:{}", record.incident.path, record.line);
        let id = record.incident.id.clone();
        if let Some(first) = self.seen.get(&id) {
            let message = format!("skipped: the id `{id}` was already used at {first}");
            self.history.warnings.push(Warning::new(record.incident.path, record.line, message));
            return;
        }
        self.seen.insert(id.clone(), place);
        if let Some(earlier) = record.duplicate_of {
            self.history.duplicates.insert(id.clone(), earlier);
        }
        if let Some(label) = record.label {
            self.history.labels.insert(id, label);
        }
        self.history.warnings.extend(record.warnings);
        let order = self.history.incidents.len();
        self.history.incidents.push(PastIncident { order, ..record.incident });
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Files of a folder that are read; what explains the folder is no incident.
fn is_history_file(path: &Path) -> bool {
    const ABOUT_THE_FOLDER: [&str; 5] = ["readme", "index", "template", "changelog", "contributing"];
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    has_extension(path, &["jsonl", "ndjson"])
        || (is_markdown(path) && !ABOUT_THE_FOLDER.contains(&stem.as_str()))
}

fn is_markdown(path: &Path) -> bool {
    has_extension(path, &["md", "markdown"])
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    known.contains(&extension.as_str())
}

#[cfg(test)]
mod tests;
