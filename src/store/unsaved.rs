//! What was typed on the review page and not saved: `.unblame/unsaved/<file name>.json` beside the document.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Error, Overwrite, read_text, write_atomically};

/// The text that was kept, if any.
pub fn load_unsaved(document: &Path) -> Result<Option<String>, Error> {
    match read_text(&place(document)) {
        Ok(text) => Ok(Some(text)),
        Err(Error::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Keeps a text, or forgets what was kept.
pub fn save_unsaved(document: &Path, text: Option<&str>) -> Result<(), Error> {
    let place = place(document);
    if let Some(text) = text {
        return write_atomically(&place, text.as_bytes(), Overwrite::Yes);
    }
    match std::fs::remove_file(&place) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::io(&place, error)),
        _ => Ok(()),
    }
}

fn place(document: &Path) -> PathBuf {
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    let folder = document.parent().unwrap_or(Path::new("")).join(".unblame").join("unsaved");
    folder.join(format!("{name}.json"))
}
