//! What a draft was made from, kept beside it in `.unblame/`: the generated text and the events with their ids.

use std::path::{Path, PathBuf};

use super::{Error, Overwrite, read_text, write_atomically};
use crate::domain::Event;

/// A draft as it was generated.
#[derive(Clone, Debug, PartialEq)]
pub struct Remembered {
    pub base: String,
    pub events: Vec<Event>,
}

/// The events that were kept beside a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub path: PathBuf,
    pub events: Vec<Event>,
    /// Lines, from 1, that cannot be read.
    pub broken: Vec<usize>,
}

/// Keeps the generated text and its events for a later redraft. `events` are written as they are: pass redacted ones.
pub fn remember(draft: &Path, id: &str, base: &str, events: &[Event]) -> Result<(), Error> {
    let mut lines = String::new();
    for event in events {
        let line = serde_json::to_string(event).map_err(|error| Error::io(draft, error.into()))?;
        lines.push_str(&line);
        lines.push('\n');
    }
    write_atomically(&evidence_file(draft, id), lines.as_bytes(), Overwrite::Yes)?;
    write_atomically(&place(draft, "base", id, "md"), base.as_bytes(), Overwrite::Yes)
}

/// What was kept, if anything was; lines of the evidence that cannot be read are left out.
pub fn recall(draft: &Path, id: &str) -> Result<Option<Remembered>, Error> {
    let Some(base) = kept_base(draft, id)? else { return Ok(None) };
    let events = kept_evidence(draft, id)?.map(|kept| kept.events).unwrap_or_default();
    Ok(Some(Remembered { base, events }))
}

/// The text as it was generated, if it was kept.
pub fn kept_base(draft: &Path, id: &str) -> Result<Option<String>, Error> {
    match read_text(&place(draft, "base", id, "md")) {
        Err(Error::Missing(_)) => Ok(None),
        other => other.map(Some),
    }
}

/// The events kept beside a draft, if any were.
pub fn kept_evidence(draft: &Path, id: &str) -> Result<Option<Kept>, Error> {
    let path = evidence_file(draft, id);
    let text = match read_text(&path) {
        Err(Error::Missing(_)) => return Ok(None),
        other => other?,
    };
    let mut kept = Kept { path, events: Vec::new(), broken: Vec::new() };
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(event) => kept.events.push(event),
            Err(_) => kept.broken.push(at + 1),
        }
    }
    Ok(Some(kept))
}

/// Where the events of a draft are kept: `.unblame/evidence/<id>.jsonl` in its folder.
#[must_use]
pub fn evidence_file(draft: &Path, id: &str) -> PathBuf {
    place(draft, "evidence", id, "jsonl")
}

fn place(draft: &Path, kind: &str, id: &str, ending: &str) -> PathBuf {
    let safe: String = id
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    let safe = safe.trim_start_matches('.');
    let folder = draft.parent().unwrap_or(Path::new("")).join(".unblame").join(kind);
    folder.join(format!("{}.{ending}", if safe.is_empty() { "incident" } else { safe }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_remembered_is_no_error_and_ids_cannot_leave_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("a.md");
        assert_eq!(recall(&draft, "INC-1").unwrap(), None);
        remember(&draft, "../../x", "text", &[]).unwrap();
        assert_eq!(recall(&draft, "../../x").unwrap().unwrap().base, "text");
        assert!(folder.path().join(".unblame/base/-..-x.md").is_file());
    }
}
