//! `unblame redact`: what a text looks like when secrets and personal data are taken out.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::{Error, Outcome, redact};
use crate::cli::output::Talk;
use crate::config::Settings;

/// Print a text with secrets and personal data replaced by marks
///
/// Keys, tokens, passwords and private keys become marks such as `[redacted:aws-key]`; so do e-mail addresses,
/// telephone numbers, IP addresses, card and account numbers. Commit ids, trace ids, UUIDs, versions and tickets stay.
/// Customer names, internal hosts and national identity numbers are looked for when unblame.toml says so.
#[derive(Args, Debug)]
pub struct RedactArgs {
    /// File to read; `-` reads standard input
    #[arg(required_unless_present = "list")]
    pub file: Option<PathBuf>,
    /// Replace this person by a pseudonym, as is done before a model is asked; may be given several times
    #[arg(long, value_name = "NAME")]
    pub person: Vec<String>,
    /// Exit with 1 when something had to be replaced
    #[arg(long)]
    pub check: bool,
    /// List what is looked for, and stop
    #[arg(long)]
    pub list: bool,
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &RedactArgs, settings: &Settings, talk: &Talk) -> Result<Outcome, Error> {
    let Some(file) = args.file.as_ref().filter(|_| !args.list) else {
        return Ok(Outcome::clean(redact::list()));
    };
    let redaction = redact::redact(file, &args.person, settings)?;
    let total: usize = redaction.counts.values().sum();
    let parts: Vec<String> = redaction.counts.iter().map(|(id, count)| format!("{count} {id}")).collect();
    talk.note(if total == 0 {
        "nothing to replace".to_owned()
    } else {
        format!("replaced: {}", parts.join(", "))
    });
    let result = match args.format {
        Format::Text => redaction.text,
        Format::Json => crate::cli::show::json(&redaction),
    };
    Ok(Outcome::with_findings(result, args.check && total > 0))
}
