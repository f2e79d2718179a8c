//! The door to the disk: incident folders, histories, decisions, caches.

pub mod artifacts;
mod archive;
