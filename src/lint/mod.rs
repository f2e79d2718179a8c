//! The blame linter: an engine, a register of rules, renderers for every reader of findings.

mod blamed;
mod config;
mod duration;
mod duty;
mod entries;
pub mod evaluate;
mod language;
mod lexicon;
mod linter;
mod names;
mod page;
mod rule;
pub mod rules;
mod secrets;
mod section;
mod skeleton;
mod subject;
mod suppress;
mod tasks;
mod vague;
mod why_chain;

pub use config::{Config, ConfigError, Level};
pub use linter::{Linter, Report};
pub use rule::{Example, Rule, document_of};
pub use section::{SectionKind, Sections};
