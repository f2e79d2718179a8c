//! The gate: secrets and personal data are replaced, and only this module makes [`Redacted`] text.
//!
//! A detector is one file in `detectors/`, one line in its register and one file in `fixtures/redact/`.

mod detect;
mod detector;
pub mod detectors;
mod options;
mod people;
mod redactor;
mod rule;
mod value;

pub use detect::{Detection, detect, detect_secrets, detect_with};
pub use detector::{Detector, Kind, Reach};
pub use options::{Country, Options};
pub use people::is_everyday_word;
pub use redactor::{Redacted, Redactor};

#[cfg(test)]
mod tests;
