//! The front door: arguments, one file per command, one table of user-facing errors.

mod args;
mod commands;
mod errors;
mod output;
mod session;
mod show;
mod table;

use std::process::ExitCode;

use clap::Parser;

use args::Cli;
pub use commands::command;

/// Parses the arguments, runs the command, prints its result and tells the exit code: 0 clean, 1 findings or not
/// ready, 2 usage, 3 bad input, 4 environment.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let talk = output::Talk::new(cli.common.quiet, cli.common.color);
    match commands::run(&cli, &talk) {
        Ok(outcome) => match output::deliver(&outcome, cli.common.output_file(&cli.command)) {
            Ok(()) => ExitCode::from(outcome.exit),
            Err(error) => errors::report(&error, &talk),
        },
        Err(error) => errors::report(&error, &talk),
    }
}
