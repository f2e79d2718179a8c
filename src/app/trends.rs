//! `trends`: the quarterly report over a history.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::Error;
use crate::domain::{Decision, Patterns, Period, Warning};
use crate::store::{self, Document};
use crate::trends::record::{Fault, ReadOptions, Record, read};
use crate::trends::{History, Question, Report};

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
pub fn trends(request: &Request) -> Result<Measured, Error> {
    if request.history.is_empty() {
        return Err(Error::usage(
            "no history was given",
            "pass --history DIR with the postmortems, or set history in unblame.toml",
        ));
    }
    let (files, warnings) = store::documents(&request.history)?;
    if files.is_empty() {
        let places: Vec<String> = request.history.iter().map(|path| path.display().to_string()).collect();
        return Err(Error::input(
            format!("{}: no postmortem was found", places.join(", ")),
            "a history is a folder of Markdown files or a .jsonl file",
        ));
    }
    let options = ReadOptions { timezone: request.timezone.clone() };
    let records: Vec<Record> =
        files.par_iter().map(|file| record(file, &options, request.folder.as_deref())).collect();
    check_filter("team", request.team.as_deref(), records.iter().flat_map(|record| &record.teams))?;
    check_filter("service", request.service.as_deref(), records.iter().flat_map(|record| &record.services))?;
    let unread = warnings
        .iter()
        .map(|warning| Fault::new(&warning.file, warning.line.unwrap_or(1), warning.message.clone()))
        .collect();
    let history = History::new(records, unread);
    let question = Question {
        as_of: request.as_of.unwrap_or(request.period.last_day()),
        team: request.team.clone(),
        service: request.service.clone(),
        show_mean: request.show_mean,
        decisions: Vec::<Decision>::new(),
        patterns: Vec::<Patterns>::new(),
        lint: BTreeMap::new(),
        ..Question::about(request.period)
    };
    Ok(Measured { report: Report::new(&question, &history), warnings })
}

fn record(file: &Document, options: &ReadOptions, folder: Option<&Path>) -> Record {
    let mut record = read(&file.name, &file.text, options);
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
    let known: std::collections::BTreeSet<&String> = names.collect();
    if known.iter().any(|name| name.eq_ignore_ascii_case(wanted)) {
        return Ok(());
    }
    let shown: Vec<&str> = known.iter().take(20).map(|name| name.as_str()).collect();
    Err(Error::usage(
        format!("no postmortem names the {kind} `{wanted}`"),
        format!("the history has {}", if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }),
    ))
}
