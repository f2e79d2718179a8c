//! `.unblame/cache-embeddings`: vectors by model and text, so that no text is sent twice.

use std::path::{Path, PathBuf};

use super::{Overwrite, write_atomically};

/// A folder with one file a vector; it may be deleted at any time.
#[derive(Clone, Debug)]
pub struct EmbeddingFolder {
    folder: PathBuf,
    model: String,
}

impl EmbeddingFolder {
    /// `root` is the folder that holds `.unblame`.
    #[must_use]
    pub fn below(root: &Path, model: &str) -> Self {
        Self { folder: root.join(".unblame").join("cache-embeddings"), model: model.to_owned() }
    }

    fn file(&self, text: &str) -> PathBuf {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.model.as_bytes()).update(b"\0").update(text.as_bytes());
        self.folder.join(hasher.finalize().to_hex().as_str())
    }

    /// The vector of a redacted text, if it was kept whole.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Vec<f32>> {
        let bytes =
            std::fs::read(self.file(text)).ok().filter(|bytes| !bytes.is_empty() && bytes.len() % 4 == 0)?;
        bytes.chunks_exact(4).map(|four| four.try_into().ok().map(f32::from_le_bytes)).collect()
    }

    /// Keeps a vector; losing it costs a repeated request.
    pub fn put(&self, text: &str, vector: &[f32]) {
        let bytes: Vec<u8> = vector.iter().flat_map(|value| value.to_le_bytes()).collect();
        let _ = write_atomically(&self.file(text), &bytes, Overwrite::Yes);
    }
}
