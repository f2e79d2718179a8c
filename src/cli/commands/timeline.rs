//! `unblame timeline`: what happened when, with phases, gaps and conflicts.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::intake::IntakeArgs;
use crate::app::{self, Error, Outcome};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;

/// Merge what was collected into one timeline with phases, gaps and conflicts
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame timeline incidents/2025-11-28
  unblame timeline incidents/2025-11-28 --all --timezone Europe/Berlin
  unblame timeline incidents/2025-11-28 --format json | jq .durations")]
pub struct TimelineArgs {
    /// Folder or zip with what was collected: chat exports, alerts, deploys, notes, in any nesting
    pub incident: PathBuf,
    #[command(flatten)]
    pub intake: IntakeArgs,
    /// Show every event, not only those that a reader of the draft needs
    #[arg(long)]
    pub all: bool,
    #[arg(long, default_value = "table")]
    pub format: Format,
}

/// How the timeline is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Markdown,
    Csv,
}

pub(super) fn run(
    args: &TimelineArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let request = args.intake.request(&args.incident, common)?;
    let timeline = app::timeline(&request, settings)?;
    for warning in &timeline.warnings {
        talk.warn(warning.to_string());
    }
    let result = match args.format {
        Format::Table => show::timeline::table(&timeline, args.all),
        Format::Json => show::json(&timeline),
        Format::Markdown => show::timeline::markdown(&timeline, args.all),
        Format::Csv => show::timeline::csv(&timeline, args.all),
    };
    Ok(Outcome::clean(result))
}
