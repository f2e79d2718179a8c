//! The door to the disk: incident folders, histories, decisions, caches.

mod archive;
pub mod artifacts;
mod error;
mod files;
pub mod history;

pub use error::Error;
pub use files::{Overwrite, read_input, read_text, write_atomically};
