//! Patterns: groups of incidents that belong together, in three views that are never mixed.
//!
//! By failure mode (readable rules), by component (service field, else latent semantics), and repeat groups (average
//! linkage). The same incidents give the same bytes, whatever the order of their files.

mod cluster;
mod component;
mod constraints;
mod facts;
pub mod failure_mode;
mod identity;
mod label;
mod library;
mod lsa;
mod neighbours;
mod promote;
mod repeats;
mod stability;
mod state;
mod vectors;
mod view;

pub use constraints::Constraints;
pub use failure_mode::{FailureMode, FailureModes};
pub use identity::Known;
pub use library::page;
pub use promote::proposed_mode;
pub use view::{PatternOptions, patterns};

#[cfg(test)]
mod tests;
