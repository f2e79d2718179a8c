//! What can go wrong with files, with the way out.

use std::io;
use std::path::{Path, PathBuf};

use super::artifacts::ArtifactsError;

/// A file problem.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{}: no such file or folder", .0.display())]
    Missing(PathBuf),
    #[error(transparent)]
    Artifacts(#[from] ArtifactsError),
    #[error("{}: the file exists already", .0.display())]
    Exists(PathBuf),
    #[error("{}: not UTF-8 text (byte {at})", path.display())]
    NotText { path: PathBuf, at: usize },
    #[error("{}: a folder, where one file is asked for", .0.display())]
    Folder(PathBuf),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl Error {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing(path.to_owned()),
            io::ErrorKind::IsADirectory => Self::Folder(path.to_owned()),
            _ => Self::Io { path: path.to_owned(), source },
        }
    }

    /// What the person can do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Missing(_) => Some("check the path; it is taken relative to the current folder".to_owned()),
            Self::Artifacts(error) => Some(error.help()),
            Self::Exists(_) => Some("pass --force to replace it, or -o to write elsewhere".to_owned()),
            Self::Folder(_) => Some("name a file in it".to_owned()),
            Self::NotText { .. } => Some("save it as UTF-8".to_owned()),
            Self::Io { .. } => Some("check that the place exists and may be read and written".to_owned()),
        }
    }

    /// Whether the machine is at fault and not the input.
    #[must_use]
    pub fn is_environment(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Artifacts(ArtifactsError::Unreadable { .. }))
    }
}
