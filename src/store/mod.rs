//! The door to the disk: incident folders, histories, decisions, caches.

mod answers;
mod archive;
mod artifacts;
mod decisions;
mod error;
mod files;
mod git;
mod history;
mod index_cache;
mod pattern_ids;
mod remembered;
mod unsaved;

pub use answers::AnswerFolder;
pub use artifacts::{ArtifactsError, Collected, IntakeOptions, collect};
pub use decisions::{append_decision, decisions_file, load_decisions};
pub use error::Error;
pub use files::{
    Overwrite, append_line, files_in, from_here, markdown_files, read_input, read_text, write_atomically,
};
pub use git::changed_lines;
pub use history::{Document, History, documents, load as load_history};
pub use index_cache::{CachedIndex, Indexed, indexed};
pub use pattern_ids::{load_pattern_ids, save_pattern_ids};
pub use remembered::{Kept, Remembered, evidence_file, kept_base, kept_evidence, recall, remember};
pub use unsaved::{load_unsaved, save_unsaved};
