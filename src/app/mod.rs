//! Verbs: one file each, joining wings and doors; they return values and never print.

mod error;
mod formats;
mod outcome;
pub mod redact;
pub mod review;

pub use error::Error;
pub use formats::formats;
pub use outcome::Outcome;
