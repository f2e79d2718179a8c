//! `unblame verify`: whether the evidence still carries each sentence, after any edit.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::verify::{Verified, verify};
use crate::app::{Error, Outcome};
use crate::cli::show;
use crate::domain::Verdict;

/// Check every cited sentence against the evidence in the file
///
/// Times, numbers, names, causes and polarity must be in the cited lines or follow from them. Sentences without a
/// footnote are statements of people and are left alone.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame verify postmortems/PI-2025-038.md

Exits with 1 when a sentence is not carried by what it cites.")]
pub struct VerifyArgs {
    /// The postmortem; `-` reads standard input
    pub file: PathBuf,
    #[arg(long, default_value = "text")]
    pub format: Format,
}

/// How the result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub(super) fn run(args: &VerifyArgs) -> Result<Outcome, Error> {
    let verified = verify(&args.file)?;
    let failed = verified.claims.iter().any(|claim| claim.verdict == Verdict::Unverified);
    let result = match args.format {
        Format::Json => show::json(&verified),
        Format::Text => listing(&args.file.display().to_string(), &verified),
    };
    Ok(Outcome::with_findings(result, failed))
}

fn listing(path: &str, verified: &Verified) -> String {
    let mut out = String::new();
    let failing: Vec<_> =
        verified.claims.iter().filter(|claim| claim.verdict == Verdict::Unverified).collect();
    for claim in &failing {
        let reason = claim.reason.as_deref().unwrap_or("the cited lines do not carry it");
        let _ = writeln!(out, "{path}:{}: {}\n  {reason}", claim.line, claim.text);
    }
    let _ = writeln!(
        out,
        "{} cited sentences, {} carried by their evidence",
        verified.claims.len(),
        verified.claims.len() - failing.len()
    );
    out
}
