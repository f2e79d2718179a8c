//! What every command understands, and the list of commands.

use std::path::{Path, PathBuf};

use clap::{Args, ColorChoice, Parser};

use super::commands::Command;

/// Blameless postmortems from collected evidence: drafted with a citation behind every sentence, linted for blame,
/// compared with the past.
#[derive(Debug, Parser)]
#[command(
    name = "unblame",
    version,
    propagate_version = true,
    max_term_width = 100,
    arg_required_else_help = true
)]
#[command(after_help = "\
Examples:
  unblame draft incidents/2025-11-28 --history postmortems
  unblame lint postmortems/*.md
  unblame similar postmortems/PI-2025-038.md --history postmortems

Exit codes: 0 clean, 1 findings or not ready, 2 usage, 3 bad input, 4 environment.
Nothing leaves this machine unless a model is named (--model, UNBLAME_MODEL or unblame.toml).")]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
pub struct Common {
    /// Past postmortems: a folder of Markdown files or a .jsonl file; may be given several times
    #[arg(long, global = true, value_name = "PATH")]
    pub history: Vec<PathBuf>,
    /// Zone of times that carry none, such as Europe/Berlin or +01:00
    #[arg(long, global = true, value_name = "TZ")]
    pub timezone: Option<String>,
    /// Write the result to FILE instead of standard output; `-` means standard output
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Settings file; without it, unblame.toml is looked for here and in the folders above
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Model that writes the prose; without one everything stays on this machine
    #[arg(long, global = true, value_name = "NAME")]
    pub model: Option<String>,
    /// Use no model even if one is configured
    #[arg(long, global = true)]
    pub offline: bool,
    /// When to colour
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN")]
    pub color: ColorChoice,
}

impl Common {
    /// The file that takes the result, for commands whose result is their standard output.
    #[must_use]
    pub fn output_file(&self, command: &Command) -> Option<&Path> {
        if command.writes_its_own_file() {
            return None;
        }
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }
}
