//! The door to the disk: incident folders, histories, decisions, caches.

mod archive;
mod artifacts;
mod beside;
mod decisions;
mod error;
mod files;
mod history;

pub use artifacts::{ArtifactsError, Collected, IntakeOptions, collect};
pub use beside::{beside, folder_beside, read_if_there, remove_if_there};
pub use decisions::{append_decision, load_decisions};
pub use error::Error;
pub use files::{Overwrite, read_input, read_text, write_atomically};
pub use history::{History, load as load_history};
