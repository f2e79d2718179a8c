//! Settings: `unblame.toml`, environment and defaults, merged once.

mod error;
mod find;
mod incident;
mod settings;

pub use error::Error;
pub use incident::load_incident;
pub use settings::{ModelSettings, Settings};
