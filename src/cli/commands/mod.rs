//! One file per command: its arguments are its manual, its `run` joins them with the verb.

mod formats;
mod lint;
mod redact;
mod review;

use clap::{CommandFactory, Subcommand};

use super::args::Cli;
use super::output::Talk;
use crate::app::{Error, Outcome};
use crate::config::Settings;

/// The commands in the order of the work.
#[derive(Debug, Subcommand)]
pub enum Command {
    Lint(lint::LintArgs),
    Review(review::ReviewArgs),
    Redact(redact::RedactArgs),
    Formats(formats::FormatsArgs),
}

impl Command {
    /// Whether `-o` is the command's own business.
    #[must_use]
    pub fn writes_its_own_file(&self) -> bool {
        false
    }
}

/// Runs the command that was given.
pub fn run(cli: &Cli, talk: &Talk) -> Result<Outcome, Error> {
    let common = &cli.common;
    let settings = Settings::load(common.config.as_deref())?;
    for warning in &settings.warnings {
        talk.warn(warning.to_string());
    }
    match &cli.command {
        Command::Lint(args) => lint::run(args, common, &settings, talk),
        Command::Review(args) => review::run(args, common, &settings, talk),
        Command::Redact(args) => redact::run(args, &settings, talk),
        Command::Formats(args) => Ok(formats::run(args)),
    }
}

/// The whole command line, for manuals and completions.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}
