//! The formats that an incident folder may hold.

use serde::Serialize;

use crate::evidence::ingest;

/// One format of the register.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Format {
    /// Name for `--as`.
    pub id: &'static str,
    pub title: &'static str,
    /// What to collect, and what is read from it.
    pub about: &'static str,
}

/// Every format, in the order of the register.
#[must_use]
pub fn formats() -> Vec<Format> {
    ingest::ALL
        .iter()
        .map(|source| Format { id: source.id(), title: source.title(), about: source.describe() })
        .collect()
}
