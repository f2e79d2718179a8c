//! Answers of a model kept by content, so that an interrupted run does not pay twice.

use std::path::PathBuf;

use super::files::{Overwrite, write_atomically};
use crate::drafting::AnswerCache;

/// A folder with one file an answer; it may be deleted at any time.
#[derive(Clone, Debug)]
pub struct AnswerFolder {
    folder: PathBuf,
}

impl AnswerFolder {
    /// `root` is the folder that holds `.unblame`.
    #[must_use]
    pub fn below(root: &std::path::Path) -> Self {
        Self { folder: root.join(".unblame").join("cache-answers") }
    }

    /// Keys are hashed again: whatever a key holds, it names a file in this folder.
    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(blake3::hash(key.as_bytes()).to_hex().as_str())
    }
}

impl AnswerCache for AnswerFolder {
    fn get(&self, key: &str) -> Option<String> {
        std::fs::read_to_string(self.file(key)).ok()
    }

    fn put(&self, key: &str, answer: &str) {
        // Losing a cached answer costs a repeated call, not the draft.
        let _ = write_atomically(&self.file(key), answer.as_bytes(), Overwrite::Yes);
    }
}
