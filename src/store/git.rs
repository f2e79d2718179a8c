//! What a Git repository says of a file.

use std::path::Path;
use std::process::Command;

use super::Error;

/// Line ranges (from 1, inclusive) of `file` that were added or changed since `revision`; `None` when the file did not
/// exist then or is not tracked, so that all of it is new.
///
/// # Errors
/// Git is not there, or does not know the revision.
pub fn changed_lines(file: &Path, revision: &str) -> Result<Option<Vec<(usize, usize)>>, Error> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.file_name().unwrap_or(file.as_os_str());
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(folder).args(arguments).arg("--").arg(name);
        command.output().map_err(|error| Error::io(file, error))
    };
    let failed = |stderr: &[u8]| {
        let said = String::from_utf8_lossy(stderr).lines().next().unwrap_or("git failed").to_owned();
        Error::Io { path: file.to_owned(), source: std::io::Error::other(said) }
    };
    let tree = git(&["ls-tree", "--name-only", revision])?;
    if !tree.status.success() {
        return Err(failed(&tree.stderr));
    }
    if tree.stdout.is_empty() {
        return Ok(None);
    }
    let diff = git(&["diff", "--no-color", "--no-ext-diff", "--unified=0", revision])?;
    if !diff.status.success() {
        return Err(failed(&diff.stderr));
    }
    Ok(Some(String::from_utf8_lossy(&diff.stdout).lines().filter_map(added_range).collect()))
}

/// `@@ -a,b +c,d @@` adds lines `c` to `c + d - 1`.
fn added_range(line: &str) -> Option<(usize, usize)> {
    let added = line.strip_prefix("@@ ")?.split(' ').find_map(|part| part.strip_prefix('+'))?;
    let (start, count) = match added.split_once(',') {
        Some((start, count)) => (start.parse().ok()?, count.parse().ok()?),
        None => (added.parse().ok()?, 1),
    };
    (count > 0).then(|| (start, start + count - 1))
}

#[cfg(test)]
mod tests {
    use super::added_range;

    #[test]
    fn hunks_tell_the_lines_that_were_added() {
        assert_eq!(added_range("@@ -3,2 +5,3 @@ fn x"), Some((5, 7)));
        assert_eq!(added_range("@@ -3 +4 @@"), Some((4, 4)));
        assert_eq!(added_range("@@ -3,2 +2,0 @@"), None);
        assert_eq!(added_range("+++ b/x"), None);
    }
}
