//! The blame linter: an engine, a register of rules, renderers for every reader of findings.

pub mod against;
mod baseline;
mod blamed;
mod config;
mod duration;
mod duty;
mod entries;
pub mod evaluate;
mod explain;
mod fix;
mod language;
mod lexicon;
mod linter;
pub mod model;
mod names;
mod page;
pub mod render;
mod rule;
pub mod rules;
mod second_opinion;
mod secrets;
mod section;
mod skeleton;
mod subject;
mod suppress;
mod tasks;
pub mod train;
mod vague;
mod why_chain;

pub use baseline::{Baseline, fingerprint_of};
pub use config::{Config, ConfigError, Level};
pub use explain::catalogue_markdown;
pub use fix::apply_fixes;
pub use linter::{Linter, Report};
pub use rule::{Example, Rule, document_of};
pub use section::{SectionKind, Sections};
