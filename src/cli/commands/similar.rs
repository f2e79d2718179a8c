//! `unblame similar`: past incidents that resemble one at hand.

use clap::{Args, ValueEnum};

use crate::app::{self, Error, Outcome, SimilarRequest};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;

/// Find the past incidents that resemble one at hand, with what the resemblance rests on
///
/// A match is a suggestion: `unblame decide` keeps what a person says of it, and the next answers follow.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame similar postmortems/PI-2025-038.md --history postmortems
  unblame similar incidents/2025-11-28 --history postmortems
  unblame similar PI-2025-032 --history postmortems --before
  unblame similar --all --before --history incidents.jsonl > matches.jsonl")]
pub struct SimilarArgs {
    /// A postmortem, an incident folder or zip, or the id of an incident of the history
    #[arg(required_unless_present = "all")]
    pub incident: Option<String>,
    /// Compare every incident of the history with the others; prints JSON lines
    #[arg(long, conflicts_with = "incident")]
    pub all: bool,
    /// Only incidents that started earlier
    #[arg(long)]
    pub before: bool,
    /// How many matches
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub top: usize,
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

/// How matches are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub(super) fn run(
    args: &SimilarArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let request = SimilarRequest {
        history: common.history.clone(),
        top: args.top,
        before: args.before,
        offline: common.offline,
    };
    let report = match &args.incident {
        Some(incident) => app::similar(incident, &request, settings)?,
        None => app::similar_all(&request, settings)?,
    };
    report.warnings.iter().for_each(|warning| talk.warn(warning.to_string()));
    let result = if args.all {
        report.results.iter().map(show::json_line).collect()
    } else {
        let found = report.results.first();
        match args.format {
            Format::Json => found.map(show::json).unwrap_or_default(),
            Format::Text => found.map(|found| show::similar::text(found, report.flags)).unwrap_or_default(),
        }
    };
    Ok(Outcome::clean(result))
}
