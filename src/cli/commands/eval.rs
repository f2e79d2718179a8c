//! `unblame eval`: measure matching and grouping on a labelled history.

use clap::{Args, Subcommand};

use super::patterns::ViewArgs;
use crate::app::{self, Error, Outcome};
use crate::cli::args::Common;
use crate::cli::show;
use crate::config::Settings;

/// Measure the tool on a history of your own
#[derive(Args, Debug)]
pub struct EvalArgs {
    #[command(subcommand)]
    pub what: What,
}

/// What is measured.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Recall at 1, 5, 10, mean average precision and recall at precision .8, over a .jsonl with `dup_of`
    Similar,
    /// Agreement of a view with the field `label` of a .jsonl: ARI, AMI, V-measure
    Patterns {
        #[command(flatten)]
        choice: ViewArgs,
    },
}

pub(super) fn run(args: &EvalArgs, common: &Common, settings: &Settings) -> Result<Outcome, Error> {
    Ok(Outcome::clean(match &args.what {
        What::Similar => show::json(&app::evaluate_similar(&common.history, settings)?),
        What::Patterns { choice } => {
            show::json(&app::evaluate_patterns(&choice.request(common, None), settings)?)
        }
    }))
}
