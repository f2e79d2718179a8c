//! `unblame lsp`: the linter inside an editor.

use std::path::Path;

use clap::Args;

use crate::app::{Error, Outcome};
use crate::cli::args::Common;
use crate::config::Settings;
use crate::lint::Linter;
use crate::lsp::{self, Farewell};

/// Serve an editor over standard input and output (language server protocol)
#[derive(Args, Debug)]
#[command(after_help = "\
The nearest unblame.toml in or above the workspace's first folder is used, and read again when it is saved.

Neovim 0.11 and later:
  vim.lsp.config('unblame', { cmd = { 'unblame', 'lsp' }, filetypes = { 'markdown' }, root_markers = { 'unblame.toml', '.git' } })
  vim.lsp.enable('unblame')

Exits with 0 after shutdown and exit, with 1 when the client leaves without them.")]
pub struct LspArgs {}

pub(super) fn run(common: &Common) -> Result<Outcome, Error> {
    let settle = |folder: Option<&Path>| {
        let given = common.config.as_deref();
        let settings = match folder {
            Some(folder) => Settings::load_for(folder, given),
            None => Settings::load(given),
        };
        settings.map(|settings| Linter::new(settings.lint)).map_err(|error| error.to_string())
    };
    let farewell = lsp::serve_stdio(&settle).map_err(|error| {
        Error::input(
            format!("the editor broke the protocol: {error}"),
            "start it from an editor; `unblame lsp --help` shows how",
        )
    })?;
    Ok(Outcome::with_findings("", farewell == Farewell::Abrupt))
}
