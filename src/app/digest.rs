//! The digest of a history since a day.

use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Error;
use super::actions::follow;
use crate::desk::digest::{Entry, digest as written};
use crate::document;
use crate::domain::Warning;
use crate::store;

/// The digest as Markdown, and what was odd about the files.
///
/// # Errors
/// No history, or a path that does not exist.
pub fn digest(history: &[PathBuf], since: Date, until: Date) -> Result<(String, Vec<Warning>), Error> {
    let followed = follow(history)?;
    let (documents, _) = store::documents(history)?;
    let entries: Vec<Entry> = documents
        .iter()
        .filter_map(|found| {
            let postmortem = document::parse(&found.text).postmortem;
            let started = postmortem.date()?.to_zoned(TimeZone::UTC).date();
            let front = &postmortem.front;
            let stem =
                || found.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            Some(Entry {
                id: front.id.clone().unwrap_or_else(stem),
                title: postmortem.title.clone(),
                severity: front.severity.clone(),
                started,
                status: front.status.map(|status| status.name().to_owned()),
                repeat_of: front.repeat_of.clone(),
                path: found.name.clone(),
            })
        })
        .collect();
    Ok((written(&entries, &followed.items, since, until), followed.warnings))
}
