//! `unblame trends`: the quarterly report.

use std::path::Path;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::app::trends::{Request, trends};
use crate::app::{Error, Outcome};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::config::Settings;
use crate::domain::Period;
use crate::trends::Report;

/// Report what a quarter's postmortems say, and what is only noise
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame trends --period 2026-Q3 --history postmortems -o report.html
  unblame trends --period 2026-Q3 --history postmortems --format json
  unblame trends --period 2026-Q3 --history postmortems --format csv --metric times

The format follows the name of the output file (.html, .md, .json, .csv) unless --format is given.
Nothing in the report ranks people.")]
pub struct TrendsArgs {
    /// Quarter to report on, such as 2026-Q3 (UTC); the last complete one when not given
    #[arg(long, value_name = "QUARTER")]
    pub period: Option<Period>,
    /// Day at whose end actions and open incidents are judged; the last day of the quarter when not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Only incidents that name this team
    #[arg(long, value_name = "NAME")]
    pub team: Option<String>,
    /// Only incidents that name this service
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// Show mean times too, with the warning that they mislead
    #[arg(long)]
    pub show_mean: bool,
    /// What to write; markdown when neither this nor an output file says
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// With --format csv: only this metric
    #[arg(long, value_name = "NAME")]
    pub metric: Option<String>,
}

/// Forms of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Html,
    #[value(alias = "md")]
    Markdown,
    Json,
    Csv,
}

pub(super) fn run(
    args: &TrendsArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let file = common.output.as_deref().filter(|path| *path != Path::new("-"));
    let format = args.format.or_else(|| file.and_then(format_of)).unwrap_or(Format::Markdown);
    check_metric(args.metric.as_deref(), format)?;
    let request = Request {
        history: common.history.clone(),
        period: args.period.unwrap_or_else(|| Period::containing(jiff::Timestamp::now()).previous()),
        as_of: args.as_of,
        team: args.team.clone(),
        service: args.service.clone(),
        show_mean: args.show_mean,
        timezone: zone(common.timezone.as_deref().or(settings.timezone.as_deref()))?,
        folder: file.map(|path| path.parent().map(Path::to_owned).unwrap_or_default()),
    };
    let measured = trends(&request, settings)?;
    for warning in &measured.warnings {
        talk.warn(warning.to_string());
    }
    let report = &measured.report;
    let result = match format {
        Format::Html => report.to_html().map_err(|error| {
            Error::usage(
                format!("the page could not be written: {error}"),
                "use --format markdown and report this",
            )
        })?,
        Format::Markdown => report.to_markdown(),
        Format::Json => format!("{:#}\n", report.to_json()),
        Format::Csv => report.to_csv(args.metric.as_deref()),
    };
    Ok(Outcome::clean(result))
}

fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "html" | "htm" => Some(Format::Html),
        "md" | "markdown" => Some(Format::Markdown),
        "json" => Some(Format::Json),
        "csv" => Some(Format::Csv),
        _ => None,
    }
}

fn check_metric(metric: Option<&str>, format: Format) -> Result<(), Error> {
    let Some(metric) = metric else { return Ok(()) };
    if format != Format::Csv {
        return Err(Error::usage(
            "--metric goes with --format csv only",
            "leave it out, or add --format csv",
        ));
    }
    let names: Vec<&str> = Report::metric_names().collect();
    if names.contains(&metric) {
        return Ok(());
    }
    Err(Error::usage(format!("there is no metric `{metric}`"), format!("choose one of {}", names.join(", "))))
}

fn zone(name: Option<&str>) -> Result<Option<TimeZone>, Error> {
    let Some(name) = name else { return Ok(None) };
    let fixed = || {
        let text = format!("2000-01-01T00:00:00{name}");
        let pieces = jiff::fmt::temporal::Pieces::parse(&text).ok()?;
        pieces.to_numeric_offset().map(TimeZone::fixed)
    };
    let found = TimeZone::get(name).ok().or_else(fixed);
    found.map(Some).ok_or_else(|| {
        Error::usage(format!("`{name}` is no time zone"), "write it as Europe/Berlin or +01:00")
    })
}
