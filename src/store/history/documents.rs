//! The files of a history as they are, for verbs that read more than matching does.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::{Error, is_hidden, is_history_file, is_markdown, name_of};
use crate::domain::Warning;

/// One postmortem as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Relative to the history.
    pub name: String,
    /// As it can be opened from here.
    pub path: PathBuf,
    /// Its line in a `.jsonl` file, from 1.
    pub line: Option<usize>,
    pub text: String,
}

/// Reads every Markdown file and every line of `.jsonl` files below the paths, by path as given and file name. A JSON
/// line becomes a document with its fields as front matter. What cannot be read is a warning.
pub fn documents(paths: &[PathBuf]) -> Result<(Vec<Document>, Vec<Warning>), Error> {
    let (mut documents, mut warnings) = (Vec::new(), Vec::new());
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|error| Error::io(path, error))?;
        if !metadata.is_dir() {
            read(path, &name_of(path), &mut documents, &mut warnings);
            continue;
        }
        let walk = walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path())) {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_history_file(entry.path()) => {
                    let relative = entry.path().strip_prefix(path).unwrap_or(entry.path());
                    let name = relative.to_string_lossy().replace('\\', "/");
                    read(entry.path(), &name, &mut documents, &mut warnings);
                }
                Ok(_) => {}
                Err(error) => {
                    let place = error.path().unwrap_or(path).display().to_string();
                    warnings.push(Warning::new(place, None, format!("skipped: {error}")));
                }
            }
        }
    }
    Ok((documents, warnings))
}

fn read(path: &Path, name: &str, documents: &mut Vec<Document>, warnings: &mut Vec<Warning>) {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            warnings.push(Warning::new(name, None, format!("skipped: {error}")));
            return;
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        warnings.push(Warning::new(name, None, "is not UTF-8; the unreadable bytes were replaced"));
    }
    let document = |line, text| Document { name: name.to_owned(), path: path.to_owned(), line, text };
    if is_markdown(path) {
        documents.push(document(None, text.into_owned()));
        return;
    }
    for (at, line) in
        text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty())
    {
        match serde_json::from_str::<Map<String, Value>>(line) {
            Ok(fields) => documents.push(document(Some(at + 1), markdown(fields))),
            Err(error) => {
                warnings.push(Warning::new(name, at + 1, format!("skipped: no JSON object: {error}")))
            }
        }
    }
}

/// JSON is YAML: the fields stand as they are between the marks of front matter.
fn markdown(mut fields: Map<String, Value>) -> String {
    let text = fields.remove("text").and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
    let title = fields.get("title").and_then(Value::as_str).unwrap_or_default().replace('\n', " ");
    let head: String =
        fields.iter().map(|(key, value)| format!("{}: {value}\n", Value::from(key.as_str()))).collect();
    format!("---\n{head}---\n# {title}\n\n{text}\n")
}
