//! Verbs: one file each, joining wings and doors; they return values and never print.

pub mod actions;
pub mod check;
mod draft;
mod error;
pub mod export;
mod formats;
mod intake;
mod outcome;
pub mod redact;
pub mod trends;

pub use draft::{DraftReport, DraftRequest, draft};
pub use error::Error;
pub use formats::formats;
pub use intake::{IntakeRequest, timeline};
pub use outcome::Outcome;
