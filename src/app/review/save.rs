//! Writes an edit into the file, on top of what somebody else may have written there meanwhile.

use std::path::Path;
use std::sync::Arc;

use super::Version;
use super::part::{Part, parts};
use crate::app::Error;
use crate::desk::merge::merge;
use crate::store;

/// What became of an edit.
#[derive(Clone, Debug)]
pub enum Saved {
    /// The file now holds this version.
    Written { version: Version, merged: bool },
    /// Both sides changed the same claims; the file holds `theirs` and nothing was written.
    Conflict { theirs: Version, places: Vec<Place> },
    /// The place that the edit means is not in the document any more; nothing was written.
    Gone { theirs: Version },
}

/// A part that two people changed.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Place {
    pub key: String,
    pub heading: String,
    /// The text that was to be saved.
    pub mine: String,
    /// The text in the file.
    pub theirs: String,
}

/// Applies `edit`, made on `base`, to the file; `edit` gives `None` when its place is not in the text.
pub(super) fn save(
    path: &Path,
    base: &Version,
    edit: &dyn Fn(&str) -> Option<String>,
) -> Result<Saved, Error> {
    let Some(mine) = edit(&base.text) else { return Ok(Saved::Gone { theirs: Version::read(path)? }) };
    // Another program may write between reading and renaming; then the merge is done again on what it wrote.
    let mut disk = Version::read(path)?;
    loop {
        let (text, merged) = if disk.hash == base.hash {
            (mine.clone(), false)
        } else {
            let joined = merge(&base.text, &mine, &disk.text);
            if !joined.conflicts.is_empty() {
                let places = places(&base.text, &mine, &disk.text);
                return Ok(Saved::Conflict { theirs: disk, places });
            }
            (joined.text, true)
        };
        let now = Version::read(path)?;
        if now.hash != disk.hash {
            disk = now;
            continue;
        }
        if text != *disk.text {
            store::write_atomically(path, text.as_bytes(), store::Overwrite::Yes)?;
        }
        return Ok(Saved::Written { version: Version::of(Arc::from(text)), merged });
    }
}

/// Parts that both sides changed, each differently.
fn places(base: &str, mine: &str, theirs: &str) -> Vec<Place> {
    let text = |source: &str, key: &str| {
        parts(source).iter().find(|part| part.key == key).map_or_else(String::new, |part| part.text(source))
    };
    let changed = |Part { key, heading, .. }: Part| {
        let (old, mine, theirs) = (text(base, &key), text(mine, &key), text(theirs, &key));
        (mine != old && theirs != old && mine != theirs).then_some(Place { key, heading, mine, theirs })
    };
    parts(mine).into_iter().filter_map(changed).collect()
}
