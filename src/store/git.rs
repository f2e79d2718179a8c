//! What a Git repository says of its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex, PoisonError};

use super::Error;

/// What changed of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// These lines, from 1, both ends included; a file that only moved has none.
    Lines(Vec<(usize, usize)>),
    /// All of it is new, or Git does not follow it.
    Everything,
    /// The file is in no repository.
    NoRepository,
}

/// Lines that were added or changed since a revision, in the working trees that the files asked for stand in. Where a
/// branch left the revision's line, the place where it left counts.
#[derive(Debug)]
pub struct ChangedSince {
    revision: String,
    /// By root of the working tree; each repository is asked once.
    trees: Mutex<BTreeMap<PathBuf, Arc<Tree>>>,
}

#[derive(Debug, Default)]
struct Tree {
    tracked: BTreeSet<String>,
    changed: BTreeMap<String, Vec<(usize, usize)>>,
}

impl ChangedSince {
    #[must_use]
    pub fn new(revision: &str) -> Self {
        Self { revision: revision.to_owned(), trees: Mutex::default() }
    }

    /// What changed of one file; renames are followed.
    ///
    /// # Errors
    /// Git is not there, or does not know the revision.
    pub fn of(&self, file: &Path) -> Result<Changed, Error> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let place = git(folder, file, &["rev-parse", "--show-toplevel", "--show-prefix"])?;
        if !place.status.success() {
            return Ok(Changed::NoRepository);
        }
        let place = String::from_utf8_lossy(&place.stdout).into_owned();
        let mut place = place.lines();
        let root = PathBuf::from(place.next().unwrap_or_default());
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
        let path = format!("{}{name}", place.next().unwrap_or_default());
        let tree = self.tree(root, file)?;
        Ok(match tree.changed.get(&path) {
            Some(lines) => Changed::Lines(lines.clone()),
            None if tree.tracked.contains(&path) => Changed::Lines(Vec::new()),
            None => Changed::Everything,
        })
    }

    fn tree(&self, root: PathBuf, file: &Path) -> Result<Arc<Tree>, Error> {
        let mut trees = self.trees.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = trees.get(&root) {
            return Ok(Arc::clone(tree));
        }
        let base = git(&root, file, &["merge-base", &self.revision, "HEAD"])?;
        let base = String::from_utf8_lossy(&base.stdout).trim().to_owned();
        let from = if base.is_empty() { &self.revision } else { &base };
        let diff = asked(
            &root,
            file,
            &[
                "-c",
                "core.quotePath=false",
                "diff",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--find-renames",
                "--unified=0",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                from,
                "--",
            ],
        )?;
        let tracked = asked(&root, file, &["ls-files", "-z"])?;
        let tracked = tracked.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        let tree = Arc::new(Tree { tracked, changed: added_lines(&diff) });
        trees.insert(root, Arc::clone(&tree));
        Ok(tree)
    }
}

fn git(folder: &Path, file: &Path, arguments: &[&str]) -> Result<Output, Error> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command.output().map_err(|error| Error::io(file, error))
}

/// What Git answers, or its complaint.
fn asked(folder: &Path, file: &Path, arguments: &[&str]) -> Result<String, Error> {
    let output = git(folder, file, arguments)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("git failed").to_owned();
        return Err(Error::Io { path: file.to_owned(), source: std::io::Error::other(said) });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Added line ranges by file from a diff without context.
fn added_lines(diff: &str) -> BTreeMap<String, Vec<(usize, usize)>> {
    let mut found: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    let mut file = None;
    // lines of the files themselves may look like headers: they are counted off
    let mut body = 0;
    for line in diff.lines() {
        if body > 0 && line.starts_with(['+', '-', '\\']) {
            body -= usize::from(!line.starts_with('\\'));
        } else if let Some(name) = line.strip_prefix("+++ ") {
            file = new_name(name);
        } else if let Some((removed, start, added)) = hunk(line) {
            body = removed + added;
            if let Some(file) = file.as_ref().filter(|_| added > 0) {
                found.entry(file.clone()).or_default().push((start, start + added - 1));
            }
        }
    }
    found
}

/// `b/notes one.md` with what Git adds to names that hold blanks, quotes or backslashes; `None` for a deleted file.
fn new_name(shown: &str) -> Option<String> {
    let shown = shown.trim_end_matches('\t');
    let plain = match shown.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => shown.to_owned(),
    };
    plain.strip_prefix("b/").map(str::to_owned)
}

/// Lines removed, first line added and lines added of `@@ -a,b +c,d @@`.
fn hunk(line: &str) -> Option<(usize, usize, usize)> {
    let mut parts = line.strip_prefix("@@ ")?.split(' ');
    let mut range = |sign: char| {
        let part = parts.next()?.strip_prefix(sign)?;
        match part.split_once(',') {
            Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
            None => Some((part.parse().ok()?, 1)),
        }
    };
    let (_, removed): (usize, usize) = range('-')?;
    let (start, added) = range('+')?;
    Some((removed, start, added))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_tell_the_lines_that_were_added() {
        let diff = "diff --git a/x.md b/y z.md\nrename from x.md\n--- a/x.md\n+++ b/y z.md\t\n@@ -3,2 +5,3 @@ fn\n-+++ b/no\n-b\n+++ b/no\n+c\n+d\n@@ -9 +11,0 @@\n-x\n--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
        assert_eq!(added_lines(diff), BTreeMap::from([("y z.md".to_owned(), vec![(5, 7)])]));
        assert_eq!(new_name("\"b/a\\\"b\""), Some("a\"b".to_owned()));
    }
}
