//! `unblame decide`: keep what a person says of two incidents.

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use crate::app::{self, DecideRequest, Error, Outcome};
use crate::cli::args::Common;
use crate::cli::output::Talk;
use crate::cli::show;
use crate::config::Settings;
use crate::domain::DecisionVerdict;

/// Say whether two incidents are the same failure again
///
/// Decisions are lines of .unblame/decisions.jsonl: commit them, they merge. They calibrate the probabilities, hide
/// rejected matches, and join or part repeat groups.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  unblame decide --history postmortems        one open pair after the other, a key each
  unblame decide PI-2025-038 PI-2025-032 same --why \"memory limit lowered in the shared values file\"
  unblame decide PI-2025-038 PI-2025-008 different
  unblame decide PI-2025-038 PI-2025-008 undo
  unblame decide --list")]
pub struct DecideArgs {
    /// Without incidents, the open pairs of the history are shown one after the other
    #[arg(requires = "b", value_name = "INCIDENT")]
    pub a: Option<String>,
    #[arg(requires = "verdict", value_name = "OTHER")]
    pub b: Option<String>,
    pub verdict: Option<Verdict>,
    /// Who decides
    #[arg(long, env = "USER", default_value = "unknown", hide_env_values = true)]
    pub by: String,
    /// The reason, for those who come later
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
    /// List what stands, and how often flagged repeats were right
    #[arg(long, conflicts_with_all = ["a", "b", "verdict", "why"])]
    pub list: bool,
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    pub format: Format,
}

/// What a person can say.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Verdict {
    /// The same failure again
    Same,
    /// Related, but no repeat
    Related,
    Different,
    /// Take the decision on the pair back
    Undo,
}

/// How the result is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

pub(super) fn run(
    args: &DecideArgs,
    common: &Common,
    settings: &Settings,
    talk: &Talk,
) -> Result<Outcome, Error> {
    let (Some(a), Some(b), Some(verdict)) = (&args.a, &args.b, args.verdict) else {
        if !args.list {
            return crate::cli::session::run(&common.history, &args.by, settings);
        }
        let report = app::decisions(settings)?;
        report.warnings.iter().for_each(|warning| talk.warn(warning.to_string()));
        return Ok(Outcome::clean(match args.format {
            Format::Json => show::json(&report),
            Format::Text => show::decisions::text(&report),
        }));
    };
    let request = DecideRequest {
        history: common.history.clone(),
        a: a.clone(),
        b: b.clone(),
        verdict: match verdict {
            Verdict::Same => DecisionVerdict::Same,
            Verdict::Related => DecisionVerdict::Related,
            Verdict::Different => DecisionVerdict::Different,
            Verdict::Undo => DecisionVerdict::Undo,
        },
        by: args.by.clone(),
        at: Timestamp::now(),
        why: args.why.clone(),
    };
    let decided = app::decide(&request, settings)?;
    Ok(Outcome::clean(match args.format {
        Format::Json => show::json(&decided),
        Format::Text => show::decisions::added(&decided),
    }))
}
