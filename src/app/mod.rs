//! Verbs: one file each, joining wings and doors; they return values and never print.

mod error;
mod outcome;
pub mod redact;

pub use error::Error;
pub use outcome::Outcome;
