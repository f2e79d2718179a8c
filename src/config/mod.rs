//! Settings: `unblame.toml`, environment and defaults, merged once.

mod error;
mod find;
mod incident;
mod key;
mod model;
mod redaction;
mod review;
mod settings;

pub use error::Error;
pub use incident::read_incident;
pub use key::KeyError;
pub use model::{JsonMode, ModelSettings, Provider, SectionRequests};
pub use redaction::{CountryCode, RedactSettings};
pub use review::ReviewSettings;
pub use settings::Settings;
