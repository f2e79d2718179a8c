//! Findings for every reader: people at a terminal, scripts, code hosts.

mod checkstyle;
mod github;
mod json;
mod sarif;
mod text;

pub use checkstyle::checkstyle;
pub use github::github;
pub use json::json;
pub use sarif::sarif;
pub use text::{Source, text};
