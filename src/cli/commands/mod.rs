//! One file per command: its arguments are its manual, its `run` joins them with the verb.

mod actions;
mod check;
mod completions;
mod decide;
mod digest;
mod draft;
mod eval;
mod export;
mod formats;
mod history;
mod init;
mod intake;
mod lint;
mod lsp;
mod model;
mod patterns;
mod redact;
mod redraft;
mod review;
mod similar;
mod timeline;
mod train;
mod trends;
mod verify;

use clap::{CommandFactory, Subcommand};

use super::args::Cli;
use super::output::Talk;
use crate::app::{Error, Outcome};
use crate::config::Settings;

/// The commands in the order of the work.
#[derive(Debug, Subcommand)]
pub enum Command {
    Draft(draft::DraftArgs),
    Timeline(timeline::TimelineArgs),
    Lint(lint::LintArgs),
    Lsp(lsp::LspArgs),
    Review(review::ReviewArgs),
    Trends(trends::TrendsArgs),
    Redraft(redraft::RedraftArgs),
    Verify(verify::VerifyArgs),
    Check(check::CheckArgs),
    Actions(actions::ActionsArgs),
    Digest(digest::DigestArgs),
    Export(export::ExportArgs),
    Redact(redact::RedactArgs),
    Similar(similar::SimilarArgs),
    Decide(decide::DecideArgs),
    Patterns(patterns::PatternsArgs),
    History(history::HistoryArgs),
    Eval(eval::EvalArgs),
    Train(train::TrainArgs),
    Formats(formats::FormatsArgs),
    Init(init::InitArgs),
    Completions(completions::CompletionsArgs),
    Man(completions::ManArgs),
}

impl Command {
    /// Whether `-o` is the command's own business.
    #[must_use]
    pub fn writes_its_own_file(&self) -> bool {
        matches!(self, Self::Draft(_) | Self::Train(_))
    }
}

/// Runs the command that was given.
pub fn run(cli: &Cli, talk: &Talk) -> Result<Outcome, Error> {
    let common = &cli.common;
    let settings = match &cli.command {
        // it reads those of the editor's workspace, and outlives broken ones
        Command::Lsp(_) => Settings::default(),
        _ => Settings::load(common.config.as_deref())?,
    };
    for warning in &settings.warnings {
        talk.warn(warning.to_string());
    }
    match &cli.command {
        Command::Draft(args) => draft::run(args, common, &settings, talk),
        Command::Timeline(args) => timeline::run(args, common, &settings, talk),
        Command::Lint(args) => lint::run(args, common, &settings, talk),
        Command::Lsp(_) => lsp::run(common),
        Command::Review(args) => review::run(args, common, &settings, talk),
        Command::Trends(args) => trends::run(args, common, &settings, talk),
        Command::Redraft(args) => redraft::run(args, common, &settings, talk),
        Command::Verify(args) => verify::run(args, talk),
        Command::Check(args) => check::run(args, &settings, talk),
        Command::Actions(args) => actions::run(args, common, &settings, talk),
        Command::Digest(args) => digest::run(args, common, &settings, talk),
        Command::Export(args) => export::run(args, &settings, talk),
        Command::Redact(args) => redact::run(args, &settings, talk),
        Command::Similar(args) => similar::run(args, common, &settings, talk),
        Command::Decide(args) => decide::run(args, common, &settings, talk),
        Command::Patterns(args) => patterns::run(args, common, &settings, talk),
        Command::History(args) => history::run(args, common, &settings, talk),
        Command::Eval(args) => eval::run(args, common, &settings),
        Command::Train(args) => train::run(args, common),
        Command::Formats(args) => Ok(formats::run(args)),
        Command::Init(args) => init::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => completions::man(args),
    }
}

/// The whole command line, for manuals and completions.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}
