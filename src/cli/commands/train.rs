//! `unblame train`: the models that ship with the program, from labelled lines.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::app::train::{train_blame, train_roles};
use crate::app::{Error, Outcome};
use crate::cli::args::Common;

/// Train the shipped models again from labelled lines (for developers)
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame train roles evals/roles/lines.jsonl evals/roles/voices.jsonl -o models/roles.json
  unblame train blame evals/blame/sentences-a.jsonl evals/blame/sentences-b.jsonl -o models/blame.json

Without -o nothing is written. The program carries its models compiled in: build it again afterwards.")]
pub struct TrainArgs {
    #[command(subcommand)]
    pub what: What,
}

/// What is trained.
#[derive(Debug, Subcommand)]
pub enum What {
    /// The roles of chat lines
    Roles {
        /// Labelled lines; held-out lines are taken from the first file, further files only train
        #[arg(required = true)]
        lines: Vec<PathBuf>,
    },
    /// The second opinion of the blame linter
    Blame {
        #[arg(required = true)]
        sentences: Vec<PathBuf>,
    },
}

pub(super) fn run(args: &TrainArgs, common: &Common) -> Result<Outcome, Error> {
    let output = common.output.as_deref();
    Ok(Outcome::clean(match &args.what {
        What::Roles { lines } => train_roles(lines, output)?,
        What::Blame { sentences } => train_blame(sentences, output)?,
    }))
}
