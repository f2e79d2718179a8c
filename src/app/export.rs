//! Turns one postmortem into another form.

use std::collections::BTreeSet;
use std::path::Path;

use super::Error;
use super::redraft::id_of;
use crate::config::Settings;
use crate::desk::export::{Target, export as written, sanitize};
use crate::document;
use crate::domain::SourceClass;
use crate::store;

/// The text, and the headings that were left out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    pub text: String,
    pub left_out: Vec<String>,
}

/// Reads a postmortem and writes it for `target`; with `outside` fit for people outside, `people` replaced.
pub fn export(
    path: &Path,
    target: Target,
    outside: bool,
    people: &[String],
    settings: &Settings,
) -> Result<Exported, Error> {
    let source = store::read_input(path)?;
    let postmortem = document::parse(&source).postmortem;
    if !outside {
        return Ok(Exported { text: written(&postmortem, target), left_out: Vec::new() });
    }
    let mut known = settings.lint.people.clone();
    known.extend_from_slice(people);
    known.extend(participants(path, &source)?);
    let sanitized = sanitize(&postmortem, &settings.redact.options(), &known);
    Ok(Exported { text: written(&sanitized.postmortem, target), left_out: sanitized.left_out })
}

/// Everybody who acted in the evidence kept beside the file.
fn participants(path: &Path, source: &str) -> Result<BTreeSet<String>, Error> {
    if path == Path::new("-") {
        return Ok(BTreeSet::new());
    }
    let kept = store::kept_evidence(path, &id_of(path, source))?;
    let people = kept.into_iter().flat_map(|kept| kept.events).filter(|event| !event.bot);
    Ok(people.filter(|event| event.class != SourceClass::Automated).filter_map(|event| event.actor).collect())
}
