//! A timeline as table, Markdown and CSV.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::table::{aligned, duration, shortened};
use crate::domain::{Event, Phase, Precision, Timeline};

/// Columns of text in the table before an event is cut.
const TEXT_WIDTH: usize = 96;

/// For a terminal: phases, durations, events, gaps, conflicts.
#[must_use]
pub fn table(timeline: &Timeline, all: bool) -> String {
    let incident = &timeline.incident;
    let severity = incident.severity.as_deref().map(|severity| format!(", {severity}")).unwrap_or_default();
    let mut out = format!("{} ({}{severity})\n\n", incident.title, incident.id);
    let phases: Vec<Vec<String>> = Phase::ALL.into_iter().map(|phase| phase_row(timeline, phase)).collect();
    out.push_str(&aligned(&["phase", "time (UTC)", "confidence", "evidence"], &phases));
    let _ = writeln!(out, "\n{}\n", durations(timeline));
    let shown: Vec<&Event> = shown(timeline, all).collect();
    let rows: Vec<Vec<String>> = shown.iter().map(|event| event_row(event)).collect();
    out.push_str(&aligned(&["id", "time (UTC)", "source", "kind", "event"], &rows));
    if shown.len() < timeline.events.len() {
        let _ = writeln!(out, "\n{} of {} events; --all shows the rest", shown.len(), timeline.events.len());
    }
    for gap in &timeline.gaps {
        let _ = writeln!(
            out,
            "\ngap: nothing recorded from {} to {} ({})",
            clock(gap.from),
            clock(gap.to),
            duration(gap.seconds)
        );
    }
    for conflict in &timeline.conflicts {
        let ids: Vec<String> = conflict.evidence.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "\nconflict: {} ({}); {}", conflict.what, ids.join(", "), conflict.kept);
    }
    out
}

/// For a wiki.
#[must_use]
pub fn markdown(timeline: &Timeline, all: bool) -> String {
    let mut out = String::from("| Time (UTC) | Source | Event |\n|---|---|---|\n");
    for event in shown(timeline, all) {
        let text = shortened(&event.text, 400).replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;");
        let _ = writeln!(
            out,
            "| {} | {} | {text} ({}) |",
            stamp(event.at, event.precision),
            event.source,
            event.id
        );
    }
    out
}

/// For a spreadsheet: every column of the contract that is flat.
#[must_use]
pub fn csv(timeline: &Timeline, all: bool) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["id", "at", "source", "kind", "actor", "text", "count", "key", "file", "line", "permalink"];
    // Writing to memory cannot fail.
    let _ = writer.write_record(header);
    for event in shown(timeline, all) {
        let _ = writer.write_record([
            event.id.to_string(),
            event.at.to_string(),
            event.source.clone(),
            event.kind.name().to_owned(),
            event.actor.clone().unwrap_or_default(),
            event.text.clone(),
            event.count.to_string(),
            event.key.to_string(),
            event.origin.file.clone(),
            event.origin.line.to_string(),
            event.origin.permalink.clone().unwrap_or_default(),
        ]);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn shown(timeline: &Timeline, all: bool) -> impl Iterator<Item = &Event> {
    timeline.events.iter().filter(move |event| all || event.key)
}

fn phase_row(timeline: &Timeline, phase: Phase) -> Vec<String> {
    match timeline.phases.get(phase) {
        Some(mark) => vec![
            phase.name().to_owned(),
            stamp(mark.at, Precision::Second),
            format!("{:.2}", mark.confidence),
            mark.evidence.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        ],
        None => vec![phase.name().to_owned(), "not found".to_owned(), String::new(), String::new()],
    }
}

fn durations(timeline: &Timeline) -> String {
    let spans = &timeline.durations;
    [
        ("detection", spans.detection_s),
        ("acknowledge", spans.acknowledge_s),
        ("mitigate", spans.mitigate_s),
        ("response", spans.response_s),
        ("total", spans.total_s),
    ]
    .into_iter()
    .map(|(name, seconds)| format!("{name} {}", seconds.map_or_else(|| "unknown".to_owned(), duration)))
    .collect::<Vec<_>>()
    .join(" · ")
}

fn event_row(event: &Event) -> Vec<String> {
    let who = event.actor.as_deref().map(|actor| format!("{actor}: ")).unwrap_or_default();
    let times = if event.count > 1 { format!(" (×{})", event.count) } else { String::new() };
    vec![
        event.id.to_string(),
        stamp(event.at, event.precision),
        event.source.clone(),
        event.kind.name().to_owned(),
        format!("{}{times}", shortened(&format!("{who}{}", event.text), TEXT_WIDTH)),
    ]
}

fn stamp(at: Timestamp, precision: Precision) -> String {
    let pattern = match precision {
        Precision::Day => "%Y-%m-%d",
        Precision::Minute => "%Y-%m-%d %H:%M",
        Precision::Second => "%Y-%m-%d %H:%M:%S",
    };
    at.to_zoned(TimeZone::UTC).strftime(pattern).to_string()
}

fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%H:%M").to_string()
}
