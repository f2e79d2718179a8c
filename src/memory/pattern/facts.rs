//! What the members of a pattern tell beyond their text: how they were detected, how long they took, what contributed.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::document::{Postmortem, factors};
use crate::domain::{ActionKind, PastIncident};

/// Actions listed for each purpose.
const ACTIONS: usize = 5;

/// The sections that rest on the documents themselves; `documents` by incident id, missing ones are left out.
pub(super) fn sections(members: &[&PastIncident], documents: &BTreeMap<String, Postmortem>) -> String {
    let known: Vec<&Postmortem> = members.iter().filter_map(|one| documents.get(&one.id)).collect();
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write!(out, "## At a glance\n\n");
    if let Some(rate) = rate(members) {
        let _ = writeln!(out, "- Rate: {rate}");
    }
    let _ = writeln!(
        out,
        "- Detection after the start: {}",
        typical(&known, |front| (front.started_at, front.detected_at))
    );
    let _ = writeln!(
        out,
        "- Resolution after detection: {}",
        typical(&known, |front| (front.detected_at, front.resolved_at))
    );
    counted(&mut out, "Detected by", known.iter().filter_map(|one| one.front.detection.clone()));
    counted(&mut out, "Teams", known.iter().flat_map(|one| one.front.teams.clone()));
    counted(&mut out, "Services", members.iter().flat_map(|one| one.services.clone()));
    let categories = known.iter().flat_map(|one| factors(one)).filter_map(|factor| factor.category);
    counted(&mut out, "Contributing factors", categories.map(|category| category.name().to_owned()));
    out.push('\n');
    for (heading, kind) in
        [("How to detect it", ActionKind::Detect), ("How to prevent it", ActionKind::Prevent)]
    {
        let asked = asked(members, kind);
        if !asked.is_empty() {
            let _ = write!(out, "## {heading}\n\nWhat its incidents asked for:\n\n{asked}\n");
        }
    }
    out
}

fn rate(members: &[&PastIncident]) -> Option<String> {
    const YEAR: f64 = 365.25 * 86_400.0;
    let dates = || members.iter().filter_map(|one| one.date);
    let (first, last) = (dates().min()?, dates().max()?);
    let years = (last.as_second() - first.as_second()) as f64 / YEAR;
    // Over less than a quarter a yearly rate would be a guess.
    (years >= 0.25)
        .then(|| format!("{:.1} a year over {:.1} years", (dates().count() - 1) as f64 / years, years))
}

type Span = (Option<jiff::Timestamp>, Option<jiff::Timestamp>);

/// Median with the number of documents that tell both times.
fn typical(known: &[&Postmortem], span: impl Fn(&crate::document::FrontMatter) -> Span) -> String {
    let mut seconds: Vec<i64> = known
        .iter()
        .filter_map(|one| {
            let (from, to) = span(&one.front);
            Some(to?.as_second() - from?.as_second())
        })
        .filter(|seconds| *seconds >= 0)
        .collect();
    seconds.sort_unstable();
    match seconds.get(seconds.len() / 2) {
        None => "not told".to_owned(),
        Some(_) => {
            let middle = (seconds[(seconds.len() - 1) / 2] + seconds[seconds.len() / 2]) / 2;
            format!("median {} min (told by {} of {})", middle / 60, seconds.len(), known.len())
        }
    }
}

fn counted(out: &mut String, name: &str, values: impl Iterator<Item = String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut ordered: Vec<(String, usize)> = counts.into_iter().collect();
    ordered.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if !ordered.is_empty() {
        let shown: Vec<String> = ordered.iter().map(|(value, count)| format!("{value} ({count})")).collect();
        let _ = writeln!(out, "- {name}: {}", shown.join(", "));
    }
}

/// Actions of one purpose, those asked for again and again first, each with the incidents that asked.
fn asked(members: &[&PastIncident], kind: ActionKind) -> String {
    /// Share of their words that two actions have in common when they ask for the same.
    const SAME: f64 = 0.5;
    let words = |text: &str| {
        crate::text::technical_tokens(text).into_iter().collect::<std::collections::BTreeSet<_>>()
    };
    let mut groups: Vec<(&str, std::collections::BTreeSet<String>, Vec<String>)> = Vec::new();
    for member in members {
        for action in member.actions.iter().filter(|action| action.kind == Some(kind)) {
            let own = words(&action.action);
            let source = format!("{} {}", member.id, action.id);
            let known = groups.iter_mut().find(|(_, other, _)| {
                let both = own.intersection(other).count() as f64;
                both >= SAME * own.len().max(other.len()) as f64 && both > 0.0
            });
            match known {
                Some((_, _, sources)) => sources.push(source),
                None => groups.push((&action.action, own, vec![source])),
            }
        }
    }
    // Stable: first asked, first named.
    groups.sort_by_key(|(_, _, sources)| std::cmp::Reverse(sources.len()));
    let line =
        |(action, _, sources): &(&str, _, Vec<String>)| format!("- {action} ({})\n", sources.join(", "));
    groups.iter().take(ACTIONS).map(line).collect()
}
