//! `unblame eval`: measure timelines, drafts, matching and grouping on labelled material.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::model::ModelArgs;
use super::patterns::ViewArgs;
use crate::app::{self, Error, Outcome};
use crate::cli::args::Common;
use crate::cli::show;
use crate::config::Settings;
use crate::evidence::timeline::Pooled;

/// Measure the tool on a history of your own
#[derive(Args, Debug)]
pub struct EvalArgs {
    #[command(subcommand)]
    pub what: What,
}

/// How the figures are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// What is measured.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Recall at 1, 5, 10, mean average precision and recall at precision .8, over a .jsonl with `dup_of`
    Similar,
    /// Phases right, key events recalled and shown, against facts read by hand from the same incidents
    Timeline {
        /// Folders with `raw/` and `facts.json`; incident folders when --facts is given
        #[arg(required = true)]
        cases: Vec<PathBuf>,
        /// Folder that holds `<case>.facts.json` for each incident folder
        #[arg(long, value_name = "FOLDER")]
        facts: Option<PathBuf>,
        /// Print the sums over all cases only, so that held-out cases stay unread
        #[arg(long)]
        pooled: bool,
    },
    /// Support, citations, times, events, factors and actions of drafts, offline and by the model, against labelled incidents
    Draft {
        /// Folders with `raw/` and `facts.json`, or incident folders with `<folder>.expected.json` beside them
        #[arg(required = true)]
        cases: Vec<PathBuf>,
        #[command(flatten)]
        model: ModelArgs,
        /// text, json
        #[arg(long, default_value = "text", value_name = "F")]
        format: Format,
    },
    /// Agreement of a view with the field `label` of a .jsonl: ARI, AMI, V-measure
    Patterns {
        #[command(flatten)]
        choice: ViewArgs,
    },
}

pub(super) fn run(args: &EvalArgs, common: &Common, settings: &Settings) -> Result<Outcome, Error> {
    Ok(Outcome::clean(match &args.what {
        What::Similar => show::json(&app::evaluate_similar(&common.history, settings)?),
        What::Timeline { cases, facts, pooled } => {
            let measures = app::evaluate_timelines(cases, facts.as_deref(), settings)?;
            if *pooled { show::json(&Pooled::of(&measures)) } else { show::json(&measures) }
        }
        What::Draft { cases, model, format } => {
            let scores = app::evaluate_drafts(cases, &model.request(common), settings, &|_| {})?;
            match format {
                Format::Text => show::eval_draft::text(&scores),
                Format::Json => show::json(&scores),
            }
        }
        What::Patterns { choice } => {
            show::json(&app::evaluate_patterns(&choice.request(common, None), settings)?)
        }
    }))
}
