//! `unblame history`: what the past holds and what in it cannot be used.

use clap::{Args, Subcommand, ValueEnum};

use crate::app::{self, Error, Outcome};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;

/// Look a history over
#[derive(Args, Debug)]
pub struct HistoryArgs {
    #[command(subcommand)]
    pub what: What,
}

/// What is asked of a history.
#[derive(Debug, Subcommand)]
pub enum What {
    /// List what was read and what could not be used; exits with 1 when something could not
    Check {
        #[arg(long, default_value = "text", value_name = "FORMAT")]
        format: Format,
    },
}

/// How the list is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub(super) fn run(
    args: &HistoryArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let What::Check { format } = &args.what;
    let report = app::check_history(&common.history, settings)?;
    report.warnings.iter().for_each(|warning| talk.warn(warning.to_string()));
    let result = match format {
        Format::Json => show::json(&report),
        Format::Text => show::history::text(&report),
    };
    Ok(Outcome::with_findings(result, !report.warnings.is_empty()))
}
