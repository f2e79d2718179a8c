//! `unblame draft`: from an incident folder to a draft that a person can check.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::intake::IntakeArgs;
use super::model::ModelArgs;
use crate::app::{self, DraftRequest, Error, Outcome};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;

/// Draft a blameless postmortem from what was collected
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame draft incidents/2025-11-28 --history postmortems
  unblame draft slack-export.zip --timezone Europe/Berlin -o draft.md
  unblame draft incidents/2025-11-28 -o - | less

The draft is written beside the history as <id>.md; an existing file is kept unless --force is given.
Without a configured model nothing leaves this machine.")]
pub struct DraftArgs {
    /// Folder or zip with what was collected: chat exports, alerts, deploys, notes, in any nesting
    #[arg(required_unless_present = "dump_config")]
    pub incident: Option<PathBuf>,
    #[command(flatten)]
    pub intake: IntakeArgs,
    /// Replace an existing draft
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub model: ModelArgs,
    /// Print the exact redacted requests that would be sent to the model, as JSON lines, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the model that would write and what holds for it, without its key, and do nothing else
    #[arg(long)]
    pub dump_config: bool,
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
    args: &DraftArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    if args.dump_config {
        return Ok(Outcome::clean(app::model_profile(&args.model.request(common), settings)?));
    }
    let incident = args.incident.clone().unwrap_or_default();
    let request = DraftRequest {
        intake: args.intake.request(&incident, common)?,
        history: common.history.clone(),
        output: common.output.clone(),
        force: args.force,
        model: args.model.request(common),
        before: Vec::new(),
    };
    if args.dry_run {
        return Ok(Outcome::clean(app::draft_requests(&request, settings)?));
    }
    let progress = talk.progress();
    let report = app::draft(&request, settings, &|step| progress.step(step))?;
    drop(progress);
    for warning in &report.timeline.warnings {
        talk.warn(warning.to_string());
    }
    for warning in &report.history_warnings {
        talk.warn(warning.to_string());
    }
    for fallback in &report.fallbacks {
        talk.warn(fallback);
    }
    let result = match (args.format, &report.path) {
        (Format::Json, _) => show::json(&report),
        (Format::Text, Some(_)) => show::draft::summary(&report),
        (Format::Text, None) => report.document.clone(),
    };
    Ok(Outcome::clean(result))
}
