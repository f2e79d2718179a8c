//! `unblame patterns`: groups of incidents that belong together.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};

use crate::app::{self, Error, Outcome, PatternsRequest};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;
use crate::domain::PatternView;

/// Group the history by failure mode, by component, or into repeats
///
/// Failure modes are readable rules, each of whose hits quotes its line. Components are the services of the documents, or,
/// where there are none, what their words have in common. Repeats tell the same story again; decisions join and part them.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame patterns --history postmortems
  unblame patterns --view component -k 12 --history incidents.jsonl --format json
  unblame patterns --view repeats --history postmortems --library patterns/
  unblame patterns --view repeats --history postmortems --promote R-1a2b3c > modes/limits.toml")]
pub struct PatternsArgs {
    #[command(flatten)]
    pub choice: ViewArgs,
    /// Write a Markdown page for each pattern into DIR, and keep their ids for the next run
    #[arg(long, value_name = "DIR")]
    pub library: Option<PathBuf>,
    /// Print a failure-mode rule proposed from the pattern ID, to edit and keep with your own modes
    #[arg(long, value_name = "ID")]
    pub promote: Option<String>,
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

/// Which view, and what shapes it.
#[derive(Args, Debug)]
pub struct ViewArgs {
    #[arg(long, default_value = "failure-mode")]
    pub view: View,
    /// Number of components; without it the data choose
    #[arg(short = 'k', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub components: Option<u16>,
    /// The day from which new, growing and fading are judged; without it, that of the latest incident
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Failure modes of your own: a TOML file like models/failure-modes.toml, or a folder of them
    #[arg(long, value_name = "PATH")]
    pub modes: Option<PathBuf>,
}

/// The ways of grouping.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum View {
    FailureMode,
    Component,
    Repeats,
}

/// How patterns are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

impl ViewArgs {
    pub(super) fn request(&self, common: &Common, library: Option<PathBuf>) -> PatternsRequest {
        let end_of = |day: Date| -> Option<Timestamp> {
            let next = day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?;
            Some(next.timestamp())
        };
        PatternsRequest {
            history: common.history.clone(),
            view: match self.view {
                View::FailureMode => PatternView::FailureMode,
                View::Component => PatternView::Component,
                View::Repeats => PatternView::Repeats,
            },
            components: self.components.map(usize::from),
            as_of: self.as_of.and_then(end_of),
            modes: self.modes.clone(),
            library,
            promote: None,
        }
    }
}

pub(super) fn run(
    args: &PatternsArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let request = args.choice.request(common, args.library.clone());
    let report = app::patterns(&PatternsRequest { promote: args.promote.clone(), ..request }, settings)?;
    report.warnings.iter().for_each(|warning| talk.warn(warning.to_string()));
    if let Some(folder) = args.library.as_deref().filter(|_| !report.pages.is_empty()) {
        talk.note(format!("wrote {} pages to {}", report.pages.len(), folder.display()));
    }
    if let Some(proposal) = report.proposal {
        return Ok(Outcome::clean(proposal));
    }
    Ok(Outcome::clean(match args.format {
        Format::Json => show::json(&report.patterns),
        Format::Text => show::patterns::text(&report.patterns),
    }))
}
