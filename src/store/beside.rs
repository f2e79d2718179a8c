//! Files that belong to a draft: what it was generated from and how it was generated, in `.unblame` beside it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Error, read_text};

/// The folder beside a document.
#[must_use]
pub fn folder_beside(document: &Path) -> PathBuf {
    document.parent().unwrap_or(Path::new("")).join(".unblame")
}

/// `.unblame/<kind>/<id>.<extension>` beside a document; letters of the id that could leave the folder become `_`.
#[must_use]
pub fn beside(document: &Path, kind: &str, id: &str, extension: &str) -> PathBuf {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let name: String = id.chars().map(safe).collect();
    let name = name.trim_start_matches('.');
    folder_beside(document).join(kind).join(format!("{name}.{extension}"))
}

/// Reads a file that may be absent.
pub fn read_if_there(path: &Path) -> Result<Option<String>, Error> {
    match read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(Error::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Deletes a file that may be absent.
pub fn remove_if_there(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::io(path, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_never_leaves_the_folder() {
        let path = beside(Path::new("posts/a.md"), "evidence", "../../etc/passwd", "jsonl");
        assert_eq!(path, Path::new("posts/.unblame/evidence/_.._etc_passwd.jsonl"));
        let path = beside(Path::new("a.md"), "base", "PI-2025-038", "md");
        assert_eq!(path, Path::new(".unblame/base/PI-2025-038.md"));
    }
}
