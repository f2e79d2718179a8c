//! `unblame verify`: whether the evidence still carries each sentence, after any edit.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::app::verify::{Against, Standing, Verified, verify};
use crate::app::{Error, Outcome};
use crate::cli::output::Talk;
use crate::cli::show;

/// Check every sentence against the evidence kept with the draft, after any edit
///
/// Times, numbers, names, causes and polarity must be in the cited lines or follow from them, and each footnote must
/// still say what was collected (`.unblame/evidence/<id>.jsonl` beside the file). Sentences that people added without
/// a citation are listed as theirs and are no findings.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame verify postmortems/PI-2025-038.md
  unblame verify postmortems/PI-2025-038.md --format json | jq '.claims[] | select(.verdict == \"unverified\")'

Exits with 1 when a sentence is not carried by what it cites, or a footnote is not what was collected.")]
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

pub(super) fn run(args: &VerifyArgs, talk: &Talk) -> Result<Outcome, Error> {
    let verified = verify(&args.file)?;
    for warning in &verified.warnings {
        talk.warn(warning.to_string());
    }
    let result = match args.format {
        Format::Json => show::json(&verified),
        Format::Text => listing(&args.file.display().to_string(), &verified),
    };
    Ok(Outcome::with_findings(result, verified.has_findings()))
}

fn listing(path: &str, verified: &Verified) -> String {
    let mut out = String::new();
    for wrong in &verified.footnotes {
        let _ = writeln!(
            out,
            "{path}:{}: footnote {} is not what was collected\n  {}",
            wrong.line, wrong.id, wrong.reason
        );
    }
    let of = |standing| verified.claims.iter().filter(move |claim| claim.verdict == standing);
    for claim in of(Standing::Unverified) {
        let reason = claim.reason.as_deref().unwrap_or("the cited lines do not carry it");
        let _ = writeln!(out, "{path}:{}: {}\n  {reason}", claim.line, claim.text);
    }
    let people = of(Standing::Human).count();
    if people > 0 {
        let _ = writeln!(out, "Statements of people, which cite no evidence:");
    }
    for claim in of(Standing::Human) {
        let _ = writeln!(out, "  {path}:{}: {}", claim.line, claim.text);
        if let Some(reason) = &claim.reason {
            let _ = writeln!(out, "    {reason}");
        }
    }
    let (carried, failing) = (of(Standing::Supported).count(), of(Standing::Unverified).count());
    let against = match verified.against {
        Against::KeptEvidence => "the evidence kept with the draft",
        Against::Footnotes => "the footnotes of the file",
    };
    let _ = writeln!(
        out,
        "{} cited sentences checked against {against}: {carried} carried, {failing} not; {people} statements of people",
        carried + failing
    );
    if failing > 0 {
        out.push_str("What is true as it stands, a person confirms: `<!-- unblame confirm -- why -->` behind the citation.\n");
    }
    out
}
