//! `.unblame/decisions.jsonl`: one line for each decision, only ever added to, so that Git merges it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::Error;
use crate::domain::{Decision, Warning};

/// Where the decisions of a repository are.
#[must_use]
pub fn decisions_file(root: &Path) -> PathBuf {
    root.join(".unblame").join("decisions.jsonl")
}

/// All decisions in the order of their lines; none when the file is not there. A line that cannot be read is a warning.
pub fn load_decisions(root: &Path) -> Result<(Vec<Decision>, Vec<Warning>), Error> {
    let path = decisions_file(root);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Default::default()),
        Err(error) => return Err(Error::io(&path, error)),
    };
    let text = String::from_utf8_lossy(&bytes);
    let (mut decisions, mut warnings, mut conflict) = (Vec::new(), Vec::new(), None);
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(decision) => decisions.push(decision),
            Err(_) if is_conflict_mark(line) => {
                if conflict.is_none() {
                    conflict = Some(at + 1);
                }
            }
            Err(error) => {
                let message = format!("skipped: no decision: {error}");
                warnings.push(Warning::new(path.display().to_string(), at + 1, message));
            }
        }
    }
    if let Some(line) = conflict {
        let message =
            "a merge left its marks; both sides were read, delete the lines <<<<<<<, ======= and >>>>>>>";
        warnings.push(Warning::new(path.display().to_string(), line, message));
    }
    Ok((decisions, warnings))
}

/// A line that Git writes around the sides of a conflict.
fn is_conflict_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
}

/// Adds one decision, whole or not at all, however many processes add at once.
pub fn append_decision(root: &Path, decision: &Decision) -> Result<PathBuf, Error> {
    let path = decisions_file(root);
    let failed = |error| Error::io(&path, error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
    }
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(failed)?;
    file.lock().map_err(failed)?;
    let mut line =
        if ends_inside_a_line(&mut file).map_err(failed)? { "\n".to_owned() } else { String::new() };
    line.push_str(&serde_json::to_string(decision).map_err(|error| failed(error.into()))?);
    line.push('\n');
    file.write_all(line.as_bytes()).and_then(|()| file.sync_data()).map_err(failed)?;
    Ok(path)
}

/// A killed writer or an editor may have left a line without its end.
fn ends_inside_a_line(file: &mut File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DecisionVerdict;

    fn decision(b: &str) -> Decision {
        Decision {
            a: "PI-2".into(),
            b: b.into(),
            verdict: DecisionVerdict::Same,
            by: "lin".into(),
            at: "2026-01-02T03:04:05Z".parse().unwrap(),
            why: Some("same limit".into()),
            probability: None,
            likeness: None,
        }
    }

    #[test]
    fn decisions_come_back_and_half_a_line_costs_only_itself() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(load_decisions(root.path()).unwrap(), Default::default());
        append_decision(root.path(), &decision("PI-0")).unwrap();
        let path = decisions_file(root.path());
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"a\":\"PI").unwrap();
        append_decision(root.path(), &decision("PI-1")).unwrap();
        let (decisions, warnings) = load_decisions(root.path()).unwrap();
        assert_eq!(decisions, [decision("PI-0"), decision("PI-1")]);
        assert_eq!(warnings[0].line, Some(2));
    }

    #[test]
    fn a_merge_conflict_loses_no_side() {
        let root = tempfile::tempdir().unwrap();
        append_decision(root.path(), &decision("PI-0")).unwrap();
        let ours = serde_json::to_string(&decision("PI-1")).unwrap();
        let theirs = serde_json::to_string(&decision("PI-2")).unwrap();
        let conflict = format!("<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> theirs\n");
        let mut file = OpenOptions::new().append(true).open(decisions_file(root.path())).unwrap();
        file.write_all(conflict.as_bytes()).unwrap();
        let (decisions, warnings) = load_decisions(root.path()).unwrap();
        assert_eq!(decisions, [decision("PI-0"), decision("PI-1"), decision("PI-2")]);
        assert_eq!((warnings.len(), warnings[0].line), (1, Some(2)));
    }

    #[test]
    fn many_writers_lose_nothing() {
        let root = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let root = root.path();
                scope.spawn(move || {
                    for n in 0..20 {
                        append_decision(root, &decision(&format!("PI-{writer}-{n}"))).unwrap();
                    }
                });
            }
        });
        let (decisions, warnings) = load_decisions(root.path()).unwrap();
        assert_eq!((decisions.len(), warnings.len()), (160, 0));
    }
}
