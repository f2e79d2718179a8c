//! Decisions for a person at a terminal.

use crate::app::{Decided, DecisionsReport};
use crate::cli::table::aligned;
use crate::domain::DecisionVerdict;
use crate::memory::decisions::FlagRecord;

/// What stands, and how right the flags were.
#[must_use]
pub fn text(report: &DecisionsReport) -> String {
    if report.decisions.is_empty() {
        return "Nothing was decided yet.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = report
        .decisions
        .iter()
        .map(|one| {
            let why = one.why.clone().unwrap_or_default();
            vec![one.a.clone(), one.b.clone(), name(one.verdict).to_owned(), one.by.clone(), why]
        })
        .collect();
    let mut out = aligned(&["incident", "earlier", "verdict", "by", "why"], &rows);
    if report.flags.judged > 0 {
        out.push_str(&format!("\n{}\n", record(report.flags)));
    }
    out
}

/// How right the flags were so far.
#[must_use]
pub fn record(flags: FlagRecord) -> String {
    format!("{} of {} likely repeats that people judged so far were repeats", flags.right, flags.judged)
}

/// The line that was added.
#[must_use]
pub fn added(decided: &Decided) -> String {
    let one = &decided.decision;
    let mut out = format!("{} and {}: {} ({})\n", one.a, one.b, name(one.verdict), decided.path.display());
    if let Some(page) = &decided.repeat_of_set {
        out.push_str(&format!("repeat_of changed in {}\n", page.display()));
    }
    out
}

fn name(verdict: DecisionVerdict) -> &'static str {
    match verdict {
        DecisionVerdict::Same => "same",
        DecisionVerdict::Related => "related",
        DecisionVerdict::Different => "different",
        DecisionVerdict::Undo => "undone",
    }
}
