//! `unblame history`: what the past holds and what in it cannot be used.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::app::{self, Error, ImportRequest, Outcome};
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
    /// Write a Markdown postmortem for each incident of other tools' exports and of old documents
    ///
    /// Understood are JSON of Statuspage, Google Cloud status, PagerDuty, incident.io, FireHydrant and Rootly, tables
    /// (CSV, TSV) and Markdown of any layout. What an export does not say stays empty and is listed. A second run
    /// changes nothing; a page that a person edited is never written again.
    #[command(after_help = "\
Examples:
  unblame history import incidents.json --into postmortems
  unblame history import old-wiki/ exports/*.json tracker.csv --into postmortems --dry-run")]
    Import {
        /// Files, or folders that are searched for them
        #[arg(required = true, value_name = "EXPORT")]
        exports: Vec<PathBuf>,
        /// Folder of the postmortems
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
        /// Show what would be written, and write nothing
        #[arg(long)]
        dry_run: bool,
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
    let format = match &args.what {
        What::Check { format } => format,
        What::Import { exports, into, dry_run, format } => {
            let request = ImportRequest { exports: exports.clone(), into: into.clone(), dry_run: *dry_run };
            let report = app::import_history(&request)?;
            report.warnings.iter().for_each(|warning| talk.warn(warning.to_string()));
            return Ok(Outcome::clean(match format {
                Format::Json => show::json(&report),
                Format::Text => show::history::imported(&report),
            }));
        }
    };
    let report = app::check_history(&common.history, settings)?;
    report.warnings.iter().for_each(|warning| talk.warn(warning.to_string()));
    let result = match format {
        Format::Json => show::json(&report),
        Format::Text => show::history::text(&report),
    };
    Ok(Outcome::with_findings(result, !report.warnings.is_empty()))
}
