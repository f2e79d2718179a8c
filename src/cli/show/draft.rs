//! What a person reads on the terminal after a draft was written.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::DraftReport;
use crate::cli::table::duration;
use crate::domain::{ClaimKind, MatchVerdict, Phase, Severity, Verdict};
use crate::text::plural;

/// Path, phases, what the draft rests on, what to look at, and what it resembles.
#[must_use]
pub fn summary(report: &DraftReport) -> String {
    let timeline = &report.timeline;
    let incident = &timeline.incident;
    let mut out = String::new();
    let severity = incident.severity.as_deref().map(|severity| format!(", {severity}")).unwrap_or_default();
    let _ = writeln!(out, "{} ({}{severity})", incident.title, incident.id);
    let phases: Vec<String> = Phase::ALL
        .into_iter()
        .map(|phase| match timeline.phases.get(phase) {
            Some(mark) => format!("{} {}", phase.name(), clock(mark.at)),
            None => format!("{} not found", phase.name()),
        })
        .collect();
    let _ = writeln!(out, "  {} UTC", phases.join(", "));
    let spans = &timeline.durations;
    let known =
        |name: &str, seconds: Option<i64>| seconds.map(|seconds| format!("{name} {}", duration(seconds)));
    let durations: Vec<String> = [
        known("detection", spans.detection_s),
        known("response", spans.response_s),
        known("total", spans.total_s),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !durations.is_empty() {
        let _ = writeln!(out, "  {}", durations.join(", "));
    }
    let _ = writeln!(
        out,
        "  {} from {}, {} of them in the timeline; {}, {}",
        plural(timeline.events.len(), "event"),
        plural(timeline.sources.iter().filter(|source| source.records > 0).count(), "file"),
        timeline.key_events().count(),
        plural(timeline.gaps.len(), "gap"),
        plural(timeline.conflicts.len(), "conflict")
    );
    let supported = report
        .claims
        .iter()
        .filter(|claim| claim.verdict == Verdict::Supported && claim.kind != ClaimKind::Question)
        .count();
    let unverified = report
        .claims
        .iter()
        .filter(|claim| claim.verdict == Verdict::Unverified && claim.kind != ClaimKind::Question)
        .count();
    let questions = report.claims.iter().filter(|claim| claim.kind == ClaimKind::Question).count();
    let _ = writeln!(
        out,
        "  {} carried by evidence, {unverified} unverified, {}",
        plural(supported, "sentence"),
        plural(questions, "open question")
    );
    let findings = report.lint.iter().filter(|finding| finding.severity != Severity::Info).count();
    let _ = writeln!(
        out,
        "  blame lint: {}",
        if findings == 0 { "clean".to_owned() } else { plural(findings, "finding") }
    );
    similar(&mut out, report);
    if let Some(path) = &report.path {
        let _ = writeln!(out, "Draft, to be reviewed: {}", path.display());
    }
    out
}

fn similar(out: &mut String, report: &DraftReport) {
    for found in report.matches.iter().filter(|found| found.verdict != MatchVerdict::None) {
        let verdict = if found.verdict == MatchVerdict::LikelyRepeat { "looks like" } else { "related to" };
        let ago = found.days_since.map(|days| format!(", {days} days before")).unwrap_or_default();
        let _ = writeln!(
            out,
            "  {verdict} {} \"{}\" (probability {:.2}{ago})",
            found.id, found.title, found.probability
        );
        for action in &found.open_actions {
            let owner = action.owner.as_deref().map(|owner| format!(", {owner}")).unwrap_or_default();
            let due = action.due.map(|due| format!(", due {due}")).unwrap_or_default();
            let _ = writeln!(out, "    still open there: {} {}{owner}{due}", action.id, action.action);
        }
    }
}

fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M").to_string()
}
