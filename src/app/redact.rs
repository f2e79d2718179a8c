//! Redacts one text and tells what was replaced.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::Error;
use crate::config::Settings;
use crate::redact::{Redactor, detectors};
use crate::store;

/// The text as it may leave, and how often each detector fired.
#[derive(Clone, Debug, Serialize)]
pub struct Redaction {
    pub text: String,
    pub counts: BTreeMap<&'static str, usize>,
}

/// Reads a file (`-`: standard input) and redacts it; with `people` as for a model, their names replaced too.
pub fn redact(path: &Path, people: &[String], settings: &Settings) -> Result<Redaction, Error> {
    let text = store::read_input(path)?;
    let mut redactor = Redactor::new(settings.redact.options());
    if !people.is_empty() {
        redactor = redactor.with_people(people);
    }
    let text = redactor.redact(&text).into_string();
    Ok(Redaction { text, counts: redactor.counts().clone() })
}

/// One line for each detector: id, kind, what it looks for.
#[must_use]
pub fn list() -> String {
    let line = |detector: &&dyn crate::redact::Detector| {
        format!("{:<18} {:<9} {}\n", detector.id(), detector.kind().name(), detector.about())
    };
    detectors::ALL.iter().map(line).collect()
}
