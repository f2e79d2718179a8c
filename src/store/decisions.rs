//! Reads `.unblame/decisions.jsonl`: what people said of matches.

use std::path::Path;

use super::{Error, read_text};
use crate::domain::{Decision, Warning};

/// The decisions of a folder in the order in which they were made; a missing file holds none, a broken line is a warning.
pub fn decisions(folder: &Path) -> Result<(Vec<Decision>, Vec<Warning>), Error> {
    let path = folder.join(".unblame").join("decisions.jsonl");
    let text = match read_text(&path) {
        Err(Error::Missing(_)) => return Ok((Vec::new(), Vec::new())),
        other => other?,
    };
    let (mut found, mut warnings) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(decision) => found.push(decision),
            Err(error) => warnings.push(Warning::new(
                path.display().to_string(),
                at + 1,
                format!("no decision: {error}"),
            )),
        }
    }
    Ok((found, warnings))
}
