//! `unblame init`: a repository made ready for postmortems.

use std::path::PathBuf;

use clap::Args;

use crate::app::{Error, Outcome, init};

/// Write a commented unblame.toml and the folders it names; what exists stays as it is
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Root of the repository
    #[arg(default_value = ".")]
    pub folder: PathBuf,
}

pub(super) fn run(args: &InitArgs) -> Result<Outcome, Error> {
    let written = init::init(&args.folder)?;
    let lines: String = written.iter().map(|path| format!("wrote {}\n", path.display())).collect();
    Ok(Outcome::clean(if lines.is_empty() { "everything is there already\n".to_owned() } else { lines }))
}
