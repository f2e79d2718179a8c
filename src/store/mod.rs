//! The door to the disk: incident folders, histories, decisions, caches.

mod archive;
pub mod artifacts;
