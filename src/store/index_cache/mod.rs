//! `.unblame/cache-index-*`: an indexed history on disk, of which a query reads only what it needs.
//!
//! Derived data: whoever deletes it loses nothing. A file is complete or not there (it is renamed into place), so a killed
//! process or a second one at work cannot spoil it; a file that is not understood is made anew.

mod corpus;
mod format;
mod sources;

use std::path::{Path, PathBuf};

pub use corpus::CachedIndex;
use sources::Sources;

use super::history::History;
use super::{Error, Overwrite, write_atomically};
use crate::domain::Warning;
use crate::memory::similar::Index;

/// Incidents from which a cache pays for the file it leaves behind.
const WORTH_CACHING: usize = 300;

/// A history that is ready for matching.
pub enum Indexed {
    /// Built just now.
    Built(Box<Index>),
    /// Read from the cache, as far as needed.
    Cached(Box<CachedIndex>),
}

/// The index of the histories at `paths`, from the cache under `root` when no file has changed since, else built and cached.
///
/// # Errors
/// A history that cannot be read. A cache that cannot be read or written is no error.
pub fn indexed(paths: &[PathBuf], root: &Path) -> Result<(Indexed, Vec<Warning>), Error> {
    let file = cache_file(paths, root);
    let sources = Sources::look(paths)?;
    if let Some(cached) = CachedIndex::open(&file).filter(|cached| sources.same_as(&cached.meta().sources)) {
        let warnings = cached.meta().warnings.clone();
        return Ok((Indexed::Cached(Box::new(cached)), warnings));
    }
    let History { incidents, warnings, .. } = super::load_history(paths)?;
    let index = super::build_index(incidents, root);
    if index.incidents().len() >= WORTH_CACHING {
        let bytes = format::written(&index, &sources.hashed(), &warnings);
        // A read-only place only costs the next run its time.
        drop(write_atomically(&file, &bytes, Overwrite::Yes));
    }
    Ok((Indexed::Built(Box::new(index)), warnings))
}

/// One file for each set of paths.
fn cache_file(paths: &[PathBuf], root: &Path) -> PathBuf {
    let mut hasher = blake3::Hasher::new();
    for path in paths {
        let absolute = path.canonicalize().unwrap_or_else(|_| path.clone());
        hasher.update(absolute.to_string_lossy().as_bytes()).update(b"\0");
    }
    let name = hasher.finalize().to_hex();
    root.join(".unblame").join(format!("cache-index-{}.bin", &name[..16]))
}

#[cfg(test)]
mod tests;
