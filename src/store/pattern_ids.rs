//! `.unblame/patterns-<view>.json`: the ids that patterns were given, so that a page keeps its name as incidents are added.

use std::path::{Path, PathBuf};

use super::{Error, Overwrite, write_atomically};
use crate::domain::{PatternView, Patterns};
use crate::memory::pattern::Known;

/// The ids of the last saved run; none when there is no such file or it cannot be read, since they can be made anew.
#[must_use]
pub fn load_pattern_ids(root: &Path, view: PatternView) -> Known {
    std::fs::read(file(root, view))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// Keeps the ids of a run with their members.
pub fn save_pattern_ids(root: &Path, patterns: &Patterns) -> Result<(), Error> {
    let known: Known =
        patterns.patterns.iter().map(|pattern| (pattern.id.clone(), pattern.members.clone())).collect();
    let text = serde_json::to_string_pretty(&known).unwrap_or_default() + "\n";
    write_atomically(&file(root, patterns.view), text.as_bytes(), Overwrite::Yes)
}

fn file(root: &Path, view: PatternView) -> PathBuf {
    let name = match view {
        PatternView::FailureMode => "failure-mode",
        PatternView::Component => "component",
        PatternView::Repeats => "repeats",
    };
    root.join(".unblame").join(format!("patterns-{name}.json"))
}
