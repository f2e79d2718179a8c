//! From files as collected to a timeline one can trust: recognise, read, place in time, merge.

pub mod ingest;
mod record;
pub mod timeline;

pub use record::{Actor, Record, When};
