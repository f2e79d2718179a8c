//! `trends`: the quarterly report over a history.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::{Error, memory};
use crate::config::Settings;
use crate::document::{Parsed, parse};
use crate::domain::{Decision, PastIncident, PatternView, Patterns, Period, Severity, Warning};
use crate::lint::Linter;
use crate::memory::decisions::Standing;
use crate::memory::pattern::{FailureModes, PatternOptions, patterns};
use crate::memory::similar::Index;
use crate::store::{self, Document};
use crate::trends::record::{Fault, ReadOptions, Record, read};
use crate::trends::{History, Question, Report};

/// Incidents in which failure modes and components are looked for, the latest; more would take longer than a person
/// waits for a report, and the report says from when on.
const VIEWED: usize = 1_000;

/// What to report on.
#[derive(Clone, Debug)]
pub struct Request {
    pub history: Vec<PathBuf>,
    pub period: Period,
    /// Day of judgement; the last day of the period when not given.
    pub as_of: Option<Date>,
    pub team: Option<String>,
    pub service: Option<String>,
    pub show_mean: bool,
    /// Zone of times that carry none.
    pub timezone: Option<TimeZone>,
    /// Folder in which the report will lie, so that its links find the files.
    pub folder: Option<PathBuf>,
}

/// What was measured, and what was odd about the files.
pub struct Measured {
    pub report: Report,
    pub warnings: Vec<Warning>,
}

/// Reads the history and measures everything.
///
/// # Errors
/// A path that does not exist, no postmortem at all, or a team or service that no postmortem names.
pub fn trends(request: &Request, settings: &Settings) -> Result<Measured, Error> {
    let paths = memory::history_paths(&request.history, settings)?;
    let (files, mut warnings) = store::documents(paths)?;
    if files.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(Error::input(
            format!("{}: no postmortem was found", places.join(", ")),
            "a history is a folder of Markdown files or a .jsonl file",
        ));
    }
    let options = ReadOptions { timezone: request.timezone.clone() };
    let (records, incidents): (Vec<Record>, Vec<PastIncident>) =
        files.par_iter().map(|file| read_one(file, &options, request.folder.as_deref())).unzip();
    check_filter("team", request.team.as_deref(), records.iter().flat_map(|record| &record.teams))?;
    check_filter("service", request.service.as_deref(), records.iter().flat_map(|record| &record.services))?;
    let unread = warnings
        .iter()
        .map(|warning| Fault::new(&warning.file, warning.line.unwrap_or(1), warning.message.clone()))
        .collect();
    let lint = lint_findings(&files, &records, request.period, settings);
    let history = History::new(records, unread);
    let (decisions, odd) = store::load_decisions(&settings.root)?;
    warnings.extend(odd);
    let (patterns, patterns_since) = views(&history, incidents, request.period, &decisions, settings);
    let question = Question {
        as_of: request.as_of.unwrap_or(request.period.last_day()),
        team: request.team.clone(),
        service: request.service.clone(),
        show_mean: request.show_mean,
        patterns,
        patterns_since,
        decisions,
        lint,
        ..Question::about(request.period)
    };
    Ok(Measured { report: Report::new(&question, &history), warnings })
}

/// The failure-mode and component views over the incidents up to the end of the period that the report counts.
fn views(
    history: &History,
    incidents: Vec<PastIncident>,
    period: Period,
    decisions: &[Decision],
    settings: &Settings,
) -> (Vec<Patterns>, Option<Date>) {
    let counted: BTreeMap<&str, &str> = history
        .records
        .iter()
        .filter(|record| record.started.is_some_and(|at| Period::containing(at) <= period))
        .map(|record| (record.id.as_str(), record.path.as_str()))
        .collect();
    let mut seen = BTreeSet::new();
    let mut incidents: Vec<PastIncident> = incidents
        .into_iter()
        .filter(|incident| counted.get(incident.id.as_str()) == Some(&incident.path.as_str()))
        .filter(|incident| seen.insert(incident.id.clone()))
        .collect();
    if incidents.is_empty() {
        return (Vec::new(), None);
    }
    incidents.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| a.id.cmp(&b.id)));
    let left_out = incidents.len().saturating_sub(VIEWED);
    incidents.drain(..left_out);
    let since = incidents.first().filter(|_| left_out > 0).and_then(|incident| incident.date);
    let index = Index::build(incidents);
    let standing = Standing::new(decisions);
    let views = [PatternView::FailureMode, PatternView::Component]
        .into_iter()
        .map(|view| {
            let options = PatternOptions {
                known: store::load_pattern_ids(&settings.root, view),
                constraints: standing.constraints(index.incidents()),
                modes: FailureModes::shipped(),
                ..PatternOptions::default()
            };
            patterns(&index, view, &options)
        })
        .collect();
    (views, since.map(|at| at.to_zoned(TimeZone::UTC).date()))
}

/// Findings above notes in each postmortem of the period, by its path.
fn lint_findings(
    files: &[Document],
    records: &[Record],
    period: Period,
    settings: &Settings,
) -> BTreeMap<String, usize> {
    let linter = Linter::new(settings.lint.clone());
    files
        .par_iter()
        .zip(records)
        .filter(|(_, record)| record.started.is_some_and(|at| period.contains(at)))
        .map(|(file, record)| {
            let findings = linter.check(&file.name, &file.text).findings;
            (
                record.path.clone(),
                findings.iter().filter(|finding| finding.severity != Severity::Info).count(),
            )
        })
        .collect()
}

fn read_one(file: &Document, options: &ReadOptions, folder: Option<&Path>) -> (Record, PastIncident) {
    let parsed = parse(&file.text);
    let (text, date, severity) =
        (parsed.postmortem.text(), parsed.postmortem.date(), parsed.postmortem.front.severity.clone());
    let record = record(file, parsed, options, folder);
    let incident = PastIncident {
        id: record.id.clone(),
        title: record.title.clone(),
        text,
        date,
        services: record.services.clone(),
        severity,
        actions: record.actions.clone(),
        repeat_of: record.repeat_of.first().cloned(),
        path: record.path.clone(),
        order: 0,
    };
    (record, incident)
}

fn record(file: &Document, parsed: Parsed, options: &ReadOptions, folder: Option<&Path>) -> Record {
    let mut record = read(&file.name, &file.text, parsed, options);
    record.link = link(&file.path, folder);
    if let Some(line) = file.line {
        record.line = line;
        record.faults.iter_mut().for_each(|fault| fault.line = line);
        record.actions.iter_mut().for_each(|action| action.line = line);
    }
    record
}

/// The way from the folder of the report to a file, with `/`.
fn link(path: &Path, folder: Option<&Path>) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let Some(folder) = folder else { return path.to_string_lossy().replace('\\', "/") };
    let (path, folder) = (absolute(path), absolute(folder));
    let shared = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

fn check_filter<'a>(
    kind: &str,
    wanted: Option<&str>,
    names: impl Iterator<Item = &'a String>,
) -> Result<(), Error> {
    let Some(wanted) = wanted else { return Ok(()) };
    let known: BTreeSet<&String> = names.collect();
    if known.iter().any(|name| name.eq_ignore_ascii_case(wanted)) {
        return Ok(());
    }
    let shown: Vec<&str> = known.iter().take(20).map(|name| name.as_str()).collect();
    Err(Error::usage(
        format!("no postmortem names the {kind} `{wanted}`"),
        format!("the history has {}", if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }),
    ))
}
