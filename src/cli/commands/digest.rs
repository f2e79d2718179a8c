//! `unblame digest`: what happened since a day, for a newsletter or a stand-up.

use clap::Args;
use jiff::civil::Date;

use crate::app::{Error, Outcome, digest};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::config::Settings;

/// Sum up incidents and action items since a day, as Markdown
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame digest --since 2025-12-01 --history postmortems")]
pub struct DigestArgs {
    /// First day, such as 2025-12-01
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Date,
    /// Last day; today when not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub until: Option<Date>,
}

/// A day as it is typed.
fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write the day as 2025-12-01".to_owned())
}

pub(super) fn run(
    args: &DigestArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let until = args.until.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date());
    if until < args.since {
        return Err(Error::usage(
            format!("{until} lies before {}", args.since),
            "give --until a day at or after --since",
        ));
    }
    let history = if common.history.is_empty() { &settings.history } else { &common.history };
    let (text, warnings) = digest::digest(history, args.since, until)?;
    for warning in &warnings {
        talk.warn(warning.to_string());
    }
    Ok(Outcome::clean(text))
}
