//! Settings: `unblame.toml`, environment and defaults, merged once.

mod error;
mod find;
mod incident;
mod redaction;
mod review;
mod settings;

pub use error::Error;
pub use incident::read_incident;
pub use redaction::{CountryCode, RedactSettings};
pub use review::ReviewSettings;
pub use settings::{ModelSettings, SectionRequests, Settings};
