//! `unblame check`: what still stands between a draft and review or publication.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::check::{Checked, check};
use crate::app::{Error, Outcome};
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;
use crate::desk::readiness::{Obstacle, Stage, checks};

/// Tell what stands between a postmortem and its review or publication
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame check postmortems/PI-2025-038.md
  unblame check postmortems/PI-2025-038.md --stage final --promote

Exits with 1 when the document is not ready. Warnings do not stop a stage: sentences that their citations may not carry.
Figures, quotations and names that are not in the cited lines stop final until they are mended or a person confirms
them with `<!-- unblame confirm -- why -->` behind the citation.")]
pub struct CheckArgs {
    /// Postmortem; `-` reads standard input
    #[arg(required_unless_present = "list")]
    pub file: Option<PathBuf>,
    /// How far it is to go
    #[arg(long, default_value = "review")]
    pub stage: StageName,
    /// Write the new status into the front matter when it is ready
    #[arg(long)]
    pub promote: bool,
    /// List the checks, and stop
    #[arg(long)]
    pub list: bool,
    #[arg(long, default_value = "text")]
    pub format: Format,
}

/// Stages of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StageName {
    Review,
    Final,
}

/// How the result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &CheckArgs, settings: &Settings, talk: &Talk) -> Result<Outcome, Error> {
    let Some(file) = args.file.as_ref().filter(|_| !args.list) else {
        let line = |check: &dyn crate::desk::readiness::Check| {
            format!("{:<15} {:<7} {}\n", check.id(), check.since().name(), check.about())
        };
        return Ok(Outcome::clean(checks().map(line).collect::<String>()));
    };
    let stage = match args.stage {
        StageName::Review => Stage::Review,
        StageName::Final => Stage::Final,
    };
    let checked = check(file, stage, args.promote.then(jiff::Timestamp::now), settings)?;
    for warning in &checked.warnings {
        talk.warn(warning.to_string());
    }
    let result = match args.format {
        Format::Text => text(&checked),
        Format::Json => show::json(&checked),
    };
    Ok(Outcome::with_findings(result, !checked.ready))
}

fn text(checked: &Checked) -> String {
    let mut out = String::new();
    let tell = |one: &Obstacle, kind: &str| {
        format!("{}:{}: {kind}{} [{}]\n    {}\n", checked.path, one.line, one.message, one.check, one.help)
    };
    out.extend(checked.obstacles.iter().map(|one| tell(one, "")));
    out.extend(checked.reminders.iter().map(|one| tell(one, "warning: ")));
    let stage = checked.stage.name();
    out.push_str(&match (checked.ready, checked.promoted, checked.obstacles.len()) {
        (true, true, _) => format!("ready; its status is now {stage}\n"),
        (true, false, _) => format!("ready for {stage}\n"),
        (false, _, 1) => format!("not ready for {stage}: 1 thing to do\n"),
        (false, _, count) => format!("not ready for {stage}: {count} things to do\n"),
    });
    out
}
