//! `unblame lsp`: the linter inside an editor.

use clap::Args;

use crate::app::{Error, Outcome};
use crate::config::Settings;
use crate::lint::Linter;
use crate::lsp;

/// Serve an editor over standard input and output (language server protocol)
#[derive(Args, Debug)]
pub struct LspArgs {}

pub(super) fn run(settings: &Settings) -> Result<Outcome, Error> {
    lsp::serve_stdio(Linter::new(settings.lint.clone())).map_err(|error| {
        Error::input(
            error.to_string(),
            "start it from an editor, as its documentation of language servers says",
        )
    })?;
    Ok(Outcome::clean(""))
}
