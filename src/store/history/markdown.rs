//! Histories as Markdown: one postmortem a file.

use super::fields::Record;
use crate::document::parse;
use crate::domain::{PastIncident, Warning};

/// Reads a postmortem of any layout; without an id it is called like its file.
pub(super) fn read(source: &str, file: &str) -> Record {
    let parsed = parse(source);
    let warnings = parsed
        .problems
        .into_iter()
        .map(|problem| Warning::new(file, problem.line, problem.message))
        .collect();
    let mut incident = parsed.postmortem.past_incident();
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    if incident.id.is_empty() {
        stem.clone_into(&mut incident.id);
    }
    if incident.title.is_empty() {
        stem.clone_into(&mut incident.title);
    }
    let incident = PastIncident { path: file.to_owned(), ..incident };
    Record { incident, line: 1, label: None, duplicate_of: None, warnings }
}
