//! Brings exports of other tools and old Markdown into a folder of postmortems.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Map, Value};

use super::Error;
use crate::document::{parse, render};
use crate::domain::Warning;
use crate::memory::import::{Imported, import};
use crate::store::{self, Overwrite};

/// Key of the front matter by which an imported page is known.
const MARK: &str = "imported";

/// What is imported, and where to.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// Files, and folders that are searched for them.
    pub exports: Vec<PathBuf>,
    pub into: PathBuf,
    /// Look, and write nothing.
    pub dry_run: bool,
}

/// What became of one incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    Created,
    /// Written anew, because the export changed and nobody had touched the page.
    Updated,
    Unchanged,
    /// Left alone: a person edited or wrote the page.
    Kept,
}

/// One incident of the exports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportedPage {
    pub id: String,
    pub path: PathBuf,
    pub source: &'static str,
    pub fate: Fate,
    /// Fields that the export does not have.
    pub missing: Vec<&'static str>,
}

/// Everything that was found.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ImportReport {
    pub pages: Vec<ImportedPage>,
    pub warnings: Vec<Warning>,
}

/// Writes a page for each incident. Running it again changes nothing; a page that a person touched is never written.
///
/// # Errors
/// A path that does not exist, exports without any incident, a folder that cannot be written.
pub fn import_history(request: &ImportRequest) -> Result<ImportReport, Error> {
    let mut report = ImportReport::default();
    let mut taken = BTreeSet::new();
    for (path, name) in files(&request.exports, &request.into)? {
        let bytes = std::fs::read(&path).map_err(|error| store::Error::io(&path, error))?;
        let (found, warnings) = import(&String::from_utf8_lossy(&bytes), &name);
        report.warnings.extend(warnings);
        for one in found {
            let id = one.postmortem.id().to_owned();
            let page = request.into.join(format!("{}.md", file_name(&id)));
            if !taken.insert(page.clone()) {
                let message = format!("skipped: `{id}` was already imported in this run");
                report.warnings.push(Warning::new(name.clone(), None, message));
                continue;
            }
            let (source, missing) = (one.source, one.missing.clone());
            let fate = write(&page, one, request.dry_run)?;
            report.pages.push(ImportedPage { id, path: page, source, fate, missing });
        }
    }
    if report.pages.is_empty() {
        let first = report.warnings.first().map(ToString::to_string);
        return Err(Error::input(
            format!("no incident was found{}", first.map_or_else(String::new, |first| format!("; {first}"))),
            "give JSON of Statuspage, Google Cloud, PagerDuty, incident.io, FireHydrant or Rootly, a CSV with a `title` column, or Markdown",
        ));
    }
    Ok(report)
}

fn write(page: &Path, imported: Imported, dry_run: bool) -> Result<Fate, Error> {
    let text = marked(imported);
    let (fate, overwrite) = match store::read_text(page) {
        Err(store::Error::Missing(_)) => (Fate::Created, Overwrite::No),
        Ok(old) if old == text => (Fate::Unchanged, Overwrite::No),
        Ok(old) if untouched(&old) && reference(&old) == reference(&text) => (Fate::Updated, Overwrite::Yes),
        Ok(_) | Err(_) => (Fate::Kept, Overwrite::No),
    };
    if !dry_run && matches!(fate, Fate::Created | Fate::Updated) {
        store::write_atomically(page, text.as_bytes(), overwrite)?;
    }
    Ok(fate)
}

/// The page with where it came from and a digest of itself, by which a later run sees whether somebody edited it.
fn marked(imported: Imported) -> String {
    let mut postmortem = imported.postmortem;
    let mut mark = Map::new();
    mark.insert("from".to_owned(), Value::from(imported.source));
    mark.insert("ref".to_owned(), Value::from(imported.reference));
    mark.insert("digest".to_owned(), Value::from(""));
    postmortem.front.extra.insert(MARK.to_owned(), Value::Object(mark.clone()));
    let digest = blake3::hash(render(&postmortem).as_bytes()).to_hex();
    mark.insert("digest".to_owned(), Value::from(&digest.as_str()[..16]));
    postmortem.front.extra.insert(MARK.to_owned(), Value::Object(mark));
    render(&postmortem)
}

/// Whether a page is still as the import wrote it.
fn untouched(page: &str) -> bool {
    let Some(digest) = mark_of(page, "digest").filter(|digest| !digest.is_empty()) else { return false };
    let bare = page.replacen(&digest, "", 1);
    blake3::hash(bare.as_bytes()).to_hex().as_str().starts_with(&digest)
}

fn reference(page: &str) -> Option<(String, String)> {
    mark_of(page, "from").zip(mark_of(page, "ref"))
}

fn mark_of(page: &str, key: &str) -> Option<String> {
    let front = parse(page).postmortem.front;
    Some(front.extra.get(MARK)?.get(key)?.as_str()?.to_owned())
}

/// The files to read with the names that messages use; pages that are already in the target are not exports.
fn files(exports: &[PathBuf], into: &Path) -> Result<Vec<(PathBuf, String)>, Error> {
    const ENDINGS: [&str; 9] = ["json", "jsonl", "ndjson", "csv", "tsv", "md", "markdown", "txt", "text"];
    /// What explains a folder is no incident.
    const ABOUT_THE_FOLDER: [&str; 5] = ["readme", "index", "template", "changelog", "contributing"];
    let target = into.canonicalize().ok();
    let mut files = Vec::new();
    for given in exports {
        if !given.exists() {
            return Err(store::Error::Missing(given.clone()).into());
        }
        let walk = walkdir::WalkDir::new(given).sort_by_file_name().into_iter();
        let seen = walk.filter_entry(|entry| {
            entry.depth() == 0
                || (!entry.file_name().to_string_lossy().starts_with('.')
                    && (target.is_none() || entry.path().canonicalize().ok() != target))
        });
        for entry in seen.flatten().filter(|entry| entry.file_type().is_file()) {
            let ending = entry.path().extension().unwrap_or_default().to_string_lossy().to_lowercase();
            let in_target =
                target.is_some() && entry.path().parent().and_then(|at| at.canonicalize().ok()) == target;
            let stem = entry.path().file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
            let about = entry.depth() > 0 && ABOUT_THE_FOLDER.contains(&stem.as_str());
            if !in_target && !about && (entry.depth() == 0 || ENDINGS.contains(&ending.as_str())) {
                let name = entry.path().strip_prefix(given).ok().filter(|rest| !rest.as_os_str().is_empty());
                let name = name.unwrap_or(Path::new(entry.file_name())).to_string_lossy().replace('\\', "/");
                files.push((entry.path().to_owned(), name));
            }
        }
    }
    Ok(files)
}

/// An id as a file name that cannot leave its folder.
fn file_name(id: &str) -> String {
    let safe: String = id
        .chars()
        .take(100)
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    let safe = safe.trim_matches(['.', '-']);
    if safe.is_empty() { "incident".to_owned() } else { safe.to_owned() }
}
