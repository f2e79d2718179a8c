//! Looks for the settings file.

use std::path::{Path, PathBuf};

/// Name of the settings file.
pub(super) const FILE_NAME: &str = "unblame.toml";

/// The nearest `unblame.toml` in `from` or above; the search ends at the root of a Git repository.
#[must_use]
pub(super) fn upwards(from: &Path) -> Option<PathBuf> {
    for folder in from.ancestors() {
        let candidate = folder.join(FILE_NAME);
        if candidate.is_file() {
            return Some(candidate);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}
