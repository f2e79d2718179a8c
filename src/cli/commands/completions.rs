//! `unblame completions` and `unblame man`: what shells and manual readers load.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::app::{Error, Outcome};
use crate::cli::args::Cli;

/// Print the completions of a shell
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame completions bash > ~/.local/share/bash-completion/completions/unblame
  unblame completions fish > ~/.config/fish/completions/unblame.fish")]
pub struct CompletionsArgs {
    pub shell: Shell,
}

/// Print the manual page of the tool or of one command
#[derive(Args, Debug)]
pub struct ManArgs {
    /// Command, such as draft
    pub command: Option<String>,
}

pub(super) fn run(args: &CompletionsArgs) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "unblame", &mut script);
    text(script)
}

pub(super) fn man(args: &ManArgs) -> Result<Outcome, Error> {
    let mut tool = Cli::command();
    tool.build();
    let page = match &args.command {
        None => tool,
        Some(name) => tool.find_subcommand(name).cloned().ok_or_else(|| {
            Error::usage(format!("there is no command `{name}`"), "`unblame --help` lists the commands")
        })?,
    };
    let mut manual = Vec::new();
    clap_mangen::Man::new(page).render(&mut manual).map_err(Error::Output)?;
    text(manual)
}

fn text(bytes: Vec<u8>) -> Result<Outcome, Error> {
    let text = String::from_utf8(bytes).map_err(|error| Error::Output(std::io::Error::other(error)))?;
    Ok(Outcome::clean(text))
}
