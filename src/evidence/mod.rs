//! From files as collected to a timeline one can trust: recognise, read, place in time, merge.

pub mod ingest;
mod pattern;
mod record;
pub mod roles;
pub mod timeline;

pub(crate) use pattern::pattern;
pub use record::{Actor, Record, When};
