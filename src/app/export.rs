//! Turns one postmortem into another form.

use std::path::Path;

use super::Error;
use crate::config::Settings;
use crate::desk::export::{Target, export as written, sanitize};
use crate::document;
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
    let postmortem = document::parse(&store::read_input(path)?).postmortem;
    if !outside {
        return Ok(Exported { text: written(&postmortem, target), left_out: Vec::new() });
    }
    let mut known = settings.lint.people.clone();
    known.extend_from_slice(people);
    let sanitized = sanitize(&postmortem, &settings.redact.options(), &known);
    Ok(Exported { text: written(&sanitized.postmortem, target), left_out: sanitized.left_out })
}
