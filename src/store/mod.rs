//! The doors to disk: histories, the index cache, decisions.

pub mod history;
