//! The only place that prints: results on standard output, talk on standard error.
#![allow(clippy::print_stderr)] // this module is the program's voice

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;

use clap::ColorChoice;
use indicatif::ProgressBar;

use crate::app::{Error, Outcome};
use crate::store;

/// Speaks to the person: warnings, notes and progress, unless told to be quiet.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    quiet: bool,
    colour_stdout: bool,
    colour_stderr: bool,
}

impl Talk {
    #[must_use]
    pub fn new(quiet: bool, choice: ColorChoice) -> Self {
        let wanted = |terminal: bool| match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        Self {
            quiet,
            colour_stdout: wanted(std::io::stdout().is_terminal()),
            colour_stderr: wanted(std::io::stderr().is_terminal()),
        }
    }

    /// Whether results on standard output may be coloured.
    #[must_use]
    pub fn colours_results(&self) -> bool {
        self.colour_stdout
    }

    /// Steps of long work: redrawn in place on a terminal, a line each elsewhere.
    #[must_use]
    pub fn progress(&self) -> Progress<'_> {
        let drawn = !self.quiet && std::io::stderr().is_terminal();
        Progress { talk: self, bar: drawn.then(ProgressBar::new_spinner) }
    }

    /// Something worth knowing.
    pub fn note(&self, text: impl AsRef<str>) {
        if !self.quiet {
            eprintln!("{}", text.as_ref());
        }
    }

    /// Something that may have spoilt the result.
    pub fn warn(&self, text: impl AsRef<str>) {
        if !self.quiet {
            eprintln!("{} {}", self.paint("warning:", "33;1"), text.as_ref());
        }
    }

    /// What went wrong, why, and the way out; quiet does not silence it.
    pub fn error(&self, title: &str, help: Option<&str>) {
        eprintln!("{} {title}", self.paint("error:", "31;1"));
        if let Some(help) = help {
            eprintln!("  {} {help}", self.paint("help:", "36;1"));
        }
    }

    fn paint(&self, text: &str, code: &str) -> String {
        if self.colour_stderr { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Where long work stands.
#[derive(Debug)]
pub struct Progress<'a> {
    talk: &'a Talk,
    bar: Option<ProgressBar>,
}

impl Progress<'_> {
    /// Names the step that has begun.
    pub fn step(&self, text: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(text.to_owned());
                bar.tick();
            }
            None => self.talk.note(text),
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Hands the result over: to a file, written atomically, or to standard output. A reader that went away is no error.
pub fn deliver(outcome: &Outcome, file: Option<&Path>) -> Result<(), Error> {
    if let Some(path) = file {
        store::write_atomically(path, outcome.result.as_bytes(), store::Overwrite::Yes)?;
        return Ok(());
    }
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(outcome.result.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::Output(error)),
        _ => Ok(()),
    }
}
