//! Text files: read whole, written atomically.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::Error;

/// Whether an existing file may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    Yes,
    No,
}

/// Reads a UTF-8 text file.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let bytes = std::fs::read(path).map_err(|error| Error::io(path, error))?;
    String::from_utf8(bytes)
        .map_err(|error| Error::NotText { path: path.to_owned(), at: error.utf8_error().valid_up_to() })
}

/// Reads a UTF-8 text file, or standard input for `-`.
pub fn read_input(path: &Path) -> Result<String, Error> {
    if path != Path::new("-") {
        return read_text(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Error::io(path, error))?;
    String::from_utf8(bytes)
        .map_err(|error| Error::NotText { path: path.to_owned(), at: error.utf8_error().valid_up_to() })
}

/// Writes a file so that a reader sees the old or the new content and never a part: a temporary file in the same
/// folder, flushed to disk, then renamed. Missing parent folders are created.
///
/// # Errors
/// [`Error::Exists`] when the file is there and `overwrite` is [`Overwrite::No`].
pub fn write_atomically(path: &Path, content: &[u8], overwrite: Overwrite) -> Result<(), Error> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
    let mut file = tempfile::Builder::new()
        .prefix(".unblame-")
        .tempfile_in(folder)
        .map_err(|error| Error::io(folder, error))?;
    file.write_all(content)
        .and_then(|()| file.as_file().sync_all())
        .map_err(|error| Error::io(path, error))?;
    set_usual_permissions(&file).map_err(|error| Error::io(path, error))?;
    let persisted = match overwrite {
        Overwrite::Yes => file.persist(path).map(drop),
        Overwrite::No => file.persist_noclobber(path).map(drop),
    };
    persisted.map_err(|failure| match failure.error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::io(path, failure.error),
    })
}

/// Appends one line to a file, which is created when it is not there.
pub fn append_line(path: &Path, line: &str) -> Result<(), Error> {
    let open = std::fs::OpenOptions::new().create(true).append(true).open(path);
    let mut file = open.map_err(|error| Error::io(path, error))?;
    // One call, so that lines of two processes do not mix.
    file.write_all(format!("{line}\n").as_bytes()).map_err(|error| Error::io(path, error))
}

/// A path as somebody who stands in the current folder writes it, with `/`.
#[must_use]
pub fn from_here(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The files directly inside a folder, by name.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Error::io(folder, error))? {
        let path = entry.map_err(|error| Error::io(folder, error))?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Markdown files of a path: itself, or all below a folder, by name; hidden folders are left out.
///
/// # Errors
/// A path that does not exist.
pub fn markdown_files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return if path.exists() { Ok(vec![path.to_owned()]) } else { Err(Error::Missing(path.to_owned())) };
    }
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
    let visible = walk.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    let is_markdown = |path: &Path| {
        path.extension().is_some_and(|extension| {
            extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown")
        })
    };
    Ok(visible
        .flatten()
        .filter(|entry| entry.file_type().is_file() && is_markdown(entry.path()))
        .map(walkdir::DirEntry::into_path)
        .collect())
}

/// Temporary files are private; documents are for the team.
#[cfg(unix)]
fn set_usual_permissions(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_existing_file_is_kept_unless_told_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/a.md");
        write_atomically(&path, b"one", Overwrite::No).unwrap();
        assert!(matches!(write_atomically(&path, b"two", Overwrite::No), Err(Error::Exists(_))));
        assert_eq!(read_text(&path).unwrap(), "one");
        write_atomically(&path, b"two", Overwrite::Yes).unwrap();
        assert_eq!(read_text(&path).unwrap(), "two");
        assert_eq!(
            std::fs::read_dir(path.parent().unwrap()).unwrap().count(),
            1,
            "no temporary file is left"
        );
    }
}
