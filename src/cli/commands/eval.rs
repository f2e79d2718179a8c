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
    /// text, json; without it drafts are a table and the rest is JSON
    #[arg(long, global = true, value_name = "F", hide_possible_values = true)]
    pub format: Option<Format>,
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
    Similar {
        /// Histories whose records say `dup_of`, beside those of --history
        files: Vec<PathBuf>,
    },
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
    },
    /// Agreement of a view with the field `label` of a .jsonl: ARI, AMI, V-measure
    Patterns {
        /// Histories whose records have a `label`, beside those of --history
        files: Vec<PathBuf>,
        #[command(flatten)]
        choice: ViewArgs,
    },
}

pub(super) fn run(args: &EvalArgs, common: &Common, settings: &Settings) -> Result<Outcome, Error> {
    let format = args.format;
    Ok(Outcome::clean(match &args.what {
        What::Similar { files } => {
            let history: Vec<PathBuf> = files.iter().chain(&common.history).cloned().collect();
            let scores = app::evaluate_similar(&history, common.offline, settings)?;
            written(&scores, format.unwrap_or(Format::Json), show::eval::ranking)
        }
        What::Timeline { cases, facts, pooled } => {
            let measures = app::evaluate_timelines(cases, facts.as_deref(), settings)?;
            let format = format.unwrap_or(Format::Json);
            match (format, pooled) {
                (Format::Json, false) => show::json(&measures),
                (Format::Json, true) => show::json(&Pooled::of(&measures)),
                (Format::Text, false) => show::eval::timelines(&measures),
                (Format::Text, true) => show::eval::pooled(&Pooled::of(&measures)),
            }
        }
        What::Draft { cases, model } => {
            let scores = app::evaluate_drafts(cases, &model.request(common), settings, &|_| {})?;
            written(&scores, format.unwrap_or(Format::Text), |scores| show::eval_draft::text(scores))
        }
        What::Patterns { files, choice } => {
            let mut request = choice.request(common, None);
            request.history.splice(0..0, files.iter().cloned());
            let scores = app::evaluate_patterns(&request, settings)?;
            written(&scores, format.unwrap_or(Format::Json), show::eval::grouping)
        }
    }))
}

fn written<T: serde::Serialize>(value: &T, format: Format, text: impl Fn(&T) -> String) -> String {
    match format {
        Format::Text => text(value),
        Format::Json => show::json(value),
    }
}
