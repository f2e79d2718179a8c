//! `unblame redraft`: more evidence into an edited draft, edits kept.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::intake::IntakeArgs;
use super::model::ModelArgs;
use crate::app::redraft::{RedraftReport, RedraftRequest, redraft};
use crate::app::{Error, Outcome};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;

/// Draft again from more evidence and keep every edit
///
/// What people wrote or changed stays; what they left alone is brought up to date. Where both changed one claim, the
/// person's text stays and the regenerated text is shown below it as a numbered conflict; `unblame check` lists those left.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame redraft postmortems/PI-2025-038.md incidents/2025-11-28
  unblame redraft postmortems/PI-2025-038.md incidents/2025-11-28 --dry-run | diff postmortems/PI-2025-038.md -

Exits with 1 when there are conflicts to settle.")]
pub struct RedraftArgs {
    /// The draft as it was edited
    pub file: PathBuf,
    /// Folder or zip with all evidence, old and new
    pub incident: PathBuf,
    #[command(flatten)]
    pub intake: IntakeArgs,
    #[command(flatten)]
    pub model: ModelArgs,
    /// The draft as it was generated, when `.unblame/base` does not have it
    #[arg(long, value_name = "FILE")]
    pub base: Option<PathBuf>,
    /// Print the merged document and write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, default_value = "text")]
    pub format: Format,
}

/// How the result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub(super) fn run(
    args: &RedraftArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let request = RedraftRequest {
        file: args.file.clone(),
        intake: args.intake.request(&args.incident, common)?,
        history: common.history.clone(),
        base: args.base.clone(),
        dry_run: args.dry_run,
        model: args.model.request(common),
    };
    let progress = talk.progress();
    let report = redraft(&request, settings, &|step| progress.step(step))?;
    drop(progress);
    for warning in &report.warnings {
        talk.warn(warning.to_string());
    }
    let conflicts = !report.conflicts.is_empty();
    let result = match (args.format, args.dry_run) {
        (Format::Json, _) => show::json(&report),
        (Format::Text, true) => report.document,
        (Format::Text, false) => summary(&report),
    };
    Ok(Outcome::with_findings(result, conflicts))
}

fn summary(report: &RedraftReport) -> String {
    let mut out = format!(
        "{}: {} of your edits kept, {} places brought up to date, {} conflicts\n",
        report.path.display(),
        report.kept,
        report.updated,
        report.conflicts.len()
    );
    for conflict in &report.conflicts {
        let section = if conflict.section.is_empty() { "front matter" } else { &conflict.section };
        out.push_str(&format!("  conflict {} in {section}\n", conflict.number));
    }
    out
}
