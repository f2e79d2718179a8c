//! `decisions.jsonl`: what people said of matches, one line each, only ever appended to.

use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::{Error, beside::read_if_there};
use crate::domain::{Decision, Warning};

/// Every decision in the order of the file; lines that cannot be read become warnings.
pub fn load_decisions(path: &Path) -> Result<(Vec<Decision>, Vec<Warning>), Error> {
    let (mut decisions, mut warnings) = (Vec::new(), Vec::new());
    let text = read_if_there(path)?.unwrap_or_default();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(decision) => decisions.push(decision),
            Err(error) => {
                let file = path.display().to_string();
                warnings.push(Warning::new(file, at + 1, format!("skipped: no decision ({error})")));
            }
        }
    }
    Ok((decisions, warnings))
}

/// Adds one line and waits until the disk has it; a line that a kill cut short is closed first.
pub fn append_decision(path: &Path, decision: &Decision) -> Result<(), Error> {
    let io = |error| Error::io(path, error);
    let line = serde_json::to_string(decision).map_err(|error| io(error.into()))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(io)?;
    }
    let mut file = OpenOptions::new().create(true).append(true).read(true).open(path).map_err(io)?;
    let torn = file.seek(SeekFrom::End(-1)).is_ok() && {
        let mut last = [0];
        file.read_exact(&mut last).map_err(io)?;
        last != *b"\n"
    };
    let line = format!("{}{line}\n", if torn { "\n" } else { "" });
    file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(io)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DecisionVerdict;

    #[test]
    fn a_torn_line_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".unblame/decisions.jsonl");
        let decision = Decision {
            a: "B-2".to_owned(),
            b: "B-1".to_owned(),
            verdict: DecisionVerdict::Same,
            by: "reviewer".to_owned(),
            at: "2025-11-28T10:00:00Z".parse().unwrap(),
            why: None,
            probability: Some(0.5),
        };
        append_decision(&path, &decision).unwrap();
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"a\":").unwrap();
        append_decision(&path, &decision).unwrap();
        let (decisions, warnings) = load_decisions(&path).unwrap();
        assert_eq!(decisions, [decision.clone(), decision]);
        assert_eq!(warnings.len(), 1);
        assert_eq!(warnings[0].line, Some(2));
    }
}
