//! Matches for a person at a terminal.

use std::fmt::Write;

use crate::app::Matches;
use crate::cli::table::shortened;
use crate::domain::{Match, MatchVerdict};
use crate::memory::decisions::FlagRecord;

/// Columns of a quote.
const QUOTE: usize = 100;

/// The matches worth a look, with what they rest on; what is not worth one is only counted.
#[must_use]
pub fn text(found: &Matches, flags: FlagRecord) -> String {
    let (worth, rest): (Vec<&Match>, Vec<&Match>) =
        found.matches.iter().partition(|one| one.verdict != MatchVerdict::None);
    let mut out = String::new();
    for one in &worth {
        push(&mut out, one);
    }
    if worth.is_empty() {
        let _ =
            writeln!(out, "Nothing in the history is alike enough to {} to be called a repeat.", found.query);
    }
    if !rest.is_empty() {
        let ids: Vec<&str> = rest.iter().map(|one| one.id.as_str()).collect();
        let _ = writeln!(out, "Nearest of the others: {}", ids.join(", "));
    }
    if flags.judged > 0 {
        let _ = writeln!(out, "{}", super::decisions::record(flags));
    }
    out
}

/// One match with what it rests on.
#[must_use]
pub fn card(one: &Match) -> String {
    let mut out = String::new();
    push(&mut out, one);
    out
}

fn push(out: &mut String, one: &Match) {
    let verdict = if one.verdict == MatchVerdict::LikelyRepeat { "likely repeat" } else { "related" };
    let age = match one.days_since {
        Some(days @ ..0) => format!(" · {} days later", -days),
        Some(days) => format!(" · {days} days earlier"),
        None => String::new(),
    };
    let _ = writeln!(out, "{}  {}", one.id, one.title);
    let _ = writeln!(out, "  {verdict}, {:.0} %{age}", one.probability * 100.0);
    if !one.shared.terms.is_empty() {
        let _ = writeln!(out, "  both say: {}", one.shared.terms.join(", "));
    }
    if !one.shared.services.is_empty() {
        let _ = writeln!(out, "  same service: {}", one.shared.services.join(", "));
    }
    for (ours, theirs) in &one.shared.quotes {
        let _ = writeln!(out, "  “{}”\n    then: “{}”", shortened(ours, QUOTE), shortened(theirs, QUOTE));
    }
    for action in &one.open_actions {
        let due = action.due.map_or_else(String::new, |due| format!(", due {due}"));
        let _ = writeln!(out, "  still open: {} {}{due}", action.id, shortened(&action.action, QUOTE));
    }
    out.push('\n');
}
