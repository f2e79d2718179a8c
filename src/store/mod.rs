//! The door to the disk: incident folders, histories, decisions, caches.

mod analysis_cache;
mod answers;
mod archive;
mod artifacts;
mod decisions;
mod embeddings;
mod error;
mod files;
mod git;
mod history;
mod index_cache;
mod pattern_ids;
mod remembered;
mod repeat_of;
mod unsaved;

pub use analysis_cache::{analysis_cache_file, build_index};
pub use answers::AnswerFolder;
pub use artifacts::{ArtifactsError, Collected, IntakeOptions, collect};
pub use decisions::{append_decision, decisions_file, load_decisions};
pub use embeddings::EmbeddingFolder;
pub use error::Error;
pub use files::{
    Overwrite, append_line, files_in, from_here, markdown_files, read_input, read_text, write_atomically,
};
pub use git::{Changed, ChangedSince};
pub use history::{Document, History, documents, load as load_history};
pub use index_cache::{CachedIndex, Indexed, indexed};
pub use pattern_ids::{load_pattern_ids, save_pattern_ids};
pub use remembered::{Kept, Remembered, evidence_file, kept_base, kept_evidence, recall, remember};
pub use repeat_of::set_repeat_of;
pub use unsaved::{load_unsaved, save_unsaved};
