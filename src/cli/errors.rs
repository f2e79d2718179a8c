//! The table of user-facing errors: what happened, what to do, and the exit code.

use std::process::ExitCode;

use super::output::Talk;
use crate::app::Error;

const USAGE: u8 = 2;
const BAD_INPUT: u8 = 3;
const ENVIRONMENT: u8 = 4;

/// Says the error and gives its exit code.
#[must_use]
pub fn report(error: &Error, talk: &Talk) -> ExitCode {
    let (help, code) = way_out(error);
    talk.error(&error.to_string(), help.as_deref());
    ExitCode::from(code)
}

/// What to do about an error, and its exit code.
fn way_out(error: &Error) -> (Option<String>, u8) {
    match error {
        Error::Store(error) => (error.help(), if error.is_environment() { ENVIRONMENT } else { BAD_INPUT }),
        Error::Config(error) => (error.help(), USAGE),
        Error::Usage { help, .. } => (Some(help.clone()), USAGE),
        Error::Input { help, .. } => (Some(help.clone()), BAD_INPUT),
        Error::Environment { help, .. } => (Some(help.clone()), ENVIRONMENT),
        Error::Output(_) => (Some("check that the place can be written".to_owned()), ENVIRONMENT),
    }
}
