//! Which files a cache was made from, and whether they are still the same.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::Error;
use super::super::history::history_files;

/// A file changed so shortly before it was looked at that a later change may show the same time.
const RACY: Duration = Duration::from_secs(2);

/// One file as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Source {
    path: PathBuf,
    bytes: u64,
    /// Nanoseconds since 1970, 0 where the system does not tell.
    modified: u128,
    /// Whether the time alone can be trusted.
    settled: bool,
    /// Of the content; empty until it is needed.
    hash: String,
}

/// All files of a history in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sources(Vec<Source>);

impl Sources {
    /// Looks at the files without reading them.
    pub(super) fn look(paths: &[PathBuf]) -> Result<Self, Error> {
        let now = SystemTime::now();
        let files = history_files(paths)?;
        let sources: Result<Vec<Source>, Error> =
            files.into_par_iter().map(|path| look_at(path, now)).collect();
        Ok(Self(sources?))
    }

    /// Whether the content is that of `earlier`: equal size and settled time, else equal hash.
    pub(super) fn same_as(&self, earlier: &Self) -> bool {
        self.0.len() == earlier.0.len()
            && self.0.par_iter().zip(&earlier.0).all(|(now, then)| {
                now.path == then.path
                    && now.bytes == then.bytes
                    && ((then.settled && now.modified == then.modified && now.modified != 0)
                        || hash_of(&now.path).is_some_and(|hash| hash == then.hash))
            })
    }

    /// With the hashes of the contents.
    pub(super) fn hashed(&self) -> Self {
        let with_hash =
            |source: &Source| Source { hash: hash_of(&source.path).unwrap_or_default(), ..source.clone() };
        Self(self.0.par_iter().map(with_hash).collect())
    }
}

fn look_at(path: PathBuf, now: SystemTime) -> Result<Source, Error> {
    let metadata = std::fs::metadata(&path).map_err(|error| Error::io(&path, error))?;
    let modified = metadata.modified().ok();
    Ok(Source {
        bytes: metadata.len(),
        settled: modified.and_then(|at| now.duration_since(at).ok()).is_some_and(|age| age > RACY),
        modified: modified
            .and_then(|at| at.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos()),
        hash: String::new(),
        path,
    })
}

fn hash_of(path: &Path) -> Option<String> {
    std::fs::read(path).ok().map(|bytes| blake3::hash(&bytes).to_hex().to_string())
}
