//! The linter from the command line, as a stranger would try it.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::path::Path;
use std::process::Command as Process;

use assert_cmd::Command;
use serde_json::Value;

const BLAMEFUL: &str = "## Root cause\n\nReason: manual error.\n";

fn unblame(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unblame"));
    command.current_dir(folder).arg("lint");
    command
}

/// Exit code, standard output, standard error.
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn git(folder: &Path, arguments: &[&str]) {
    let done = Process::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Lines of the label findings of a JSON report.
fn labels(report: &str) -> Vec<(String, u64)> {
    let parsed: Value = serde_json::from_str(report).unwrap();
    let found = parsed["findings"].as_array().unwrap();
    found
        .iter()
        .filter(|finding| finding["rule"] == "BLM009")
        .map(|finding| (finding["path"].as_str().unwrap().to_owned(), finding["line"].as_u64().unwrap()))
        .collect()
}

#[test]
fn mistyped_names_are_answered_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, said) = run(unblame(folder.path()).args(["--explain", "human-eror-label"]));
    assert_eq!(code, 2);
    assert!(said.contains("did you mean `human-error-label`?"), "{said}");
    let settings = folder.path().join("unblame.toml");
    for (text, line, near) in [
        ("[lint]\npeple = []\n", 2, "did you mean `people`?"),
        ("\n[lint.rules]\nBLM0009 = \"off\"\n", 3, "did you mean `BLM009`?"),
        ("[lint.headings]\n\"What hurt\" = \"thanks\"\n", 2, "`thanks`"),
    ] {
        std::fs::write(&settings, text).unwrap();
        let (code, _, said) = run(unblame(folder.path()).arg("--list-rules"));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(&format!("unblame.toml:{line}:")) && said.contains(near), "{said}");
    }
}

#[test]
fn dumped_settings_are_settings() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("unblame.toml");
    std::fs::write(&settings, "[lint]\nteams = [\"checkout\"]\n[lint.rules]\nPII = \"off\"\n").unwrap();
    let (code, dumped, _) = run(unblame(folder.path()).arg("--dump-config"));
    assert_eq!(code, 0);
    assert!(dumped.contains("# Names of teams") && dumped.contains("# BLM009 = \"error\""), "{dumped}");
    std::fs::write(&settings, &dumped).unwrap();
    assert_eq!(run(unblame(folder.path()).arg("--dump-config")).1, dumped);
}

#[test]
fn standard_input_carries_the_name_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let (code, report, _) = run(unblame(folder.path())
        .args(["-", "--stdin-path", "docs/pm.md", "--format", "json"])
        .write_stdin(BLAMEFUL));
    assert_eq!((code, labels(&report)), (1, vec![("docs/pm.md".to_owned(), 3)]));
    let key = ["AKIA", "EXAMPLEEXAMPLE00"].concat();
    let (_, mended, _) =
        run(unblame(folder.path()).args(["-", "--fix"]).write_stdin(format!("one {key}\r\ntwo\r\n")));
    assert_eq!(mended, "one AKIA****\r\ntwo\r\n");
}

#[test]
fn a_baseline_silences_what_was_known() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("old.md"), BLAMEFUL).unwrap();
    run(unblame(folder.path()).args(["old.md", "--write-baseline", "known.json"]));
    assert_eq!(run(unblame(folder.path()).args(["old.md", "--baseline", "known.json"])).0, 0);
    std::fs::write(folder.path().join("old.md"), format!("{BLAMEFUL}\nIt was operator error.\n")).unwrap();
    let (code, report, _) =
        run(unblame(folder.path()).args(["old.md", "--baseline", "known.json", "--format", "json"]));
    assert_eq!((code, labels(&report)), (1, vec![("old.md".to_owned(), 5)]));
    std::fs::write(folder.path().join("known.json"), "{}").unwrap();
    let (code, _, said) = run(unblame(folder.path()).args(["old.md", "--baseline", "known.json"]));
    assert_eq!(code, 3);
    assert!(said.contains("--write-baseline"), "{said}");
}

#[test]
fn changed_lines_follow_renames_new_files_worktrees_and_leave_the_rest() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("repository");
    std::fs::create_dir(&folder).unwrap();
    git(&folder, &["init", "-q"]);
    let old = format!("{BLAMEFUL}\nThe pool kept its old limit until the restart of the pod.\n\nEnd.\n");
    std::fs::write(folder.join("a b.md"), &old).unwrap();
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "one"]);
    git(&folder, &["branch", "start"]);
    git(&folder, &["mv", "a b.md", "moved ä.md"]);
    std::fs::write(folder.join("moved ä.md"), format!("{old}\nIt was operator error.\n")).unwrap();
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "two"]);
    std::fs::write(folder.join("new.md"), BLAMEFUL).unwrap();
    let since = |folder: &Path, paths: &[&str]| {
        run(unblame(folder).args(paths).args(["--changed-since", "start", "--format", "json"]))
    };
    let (_, report, said) = since(&folder, &["."]);
    assert_eq!(labels(&report), [("./moved ä.md".to_owned(), 9), ("./new.md".to_owned(), 3)], "{said}");
    git(&folder, &["worktree", "add", "-q", "../tree", "HEAD"]);
    let (_, report, _) = since(&outer.path().join("tree"), &["moved ä.md"]);
    assert_eq!(labels(&report), [("moved ä.md".to_owned(), 9)]);
    let outside = outer.path().join("outside.md");
    std::fs::write(&outside, BLAMEFUL).unwrap();
    let (_, report, said) = since(&folder, &["../outside.md"]);
    assert_eq!(labels(&report).len(), 1);
    assert!(said.contains("no Git repository"), "{said}");
    let (code, _, said) = run(unblame(&folder).args(["new.md", "--changed-since", "nowhere"]));
    assert_ne!(code, 0);
    assert!(said.contains("nowhere"), "{said}");
}

#[test]
fn fixing_twice_changes_nothing_more_and_keeps_line_ends() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pm.md");
    let key = ["AKIA", "EXAMPLEEXAMPLE00"].concat();
    let text = format!(
        "\u{feff}## Notes\r\n\r\nAll times in CET.\r\n\r\n## Timeline\r\n\r\n- 10:00 The job used {key}\r\n"
    );
    std::fs::write(&file, text).unwrap();
    run(unblame(folder.path()).args(["pm.md", "--fix"]));
    let once = std::fs::read_to_string(&file).unwrap();
    assert_eq!(
        once,
        "\u{feff}## Notes\r\n\r\nAll times in CET.\r\n\r\n## Timeline\r\n\r\n- 10:00 CET The job used AKIA****\r\n"
    );
    let (_, _, said) = run(unblame(folder.path()).args(["pm.md", "--fix"]));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), once);
    assert!(!said.contains("applied"), "{said}");
}

#[test]
fn suppressions_are_judged() {
    let folder = tempfile::tempdir().unwrap();
    let text = "## Root cause\n\nReason: manual error. <!-- unblame allow BLM009 -- quoted from the ticket -->\n\nThe limit was 80. <!-- unblame allow BLM009 -- no longer needed -->\n\nThe limit was 90. <!-- unblame allow BLM0099 -->\n";
    std::fs::write(folder.path().join("pm.md"), text).unwrap();
    let (_, report, _) = run(unblame(folder.path()).args(["pm.md", "--format", "json"]));
    let parsed: Value = serde_json::from_str(&report).unwrap();
    let found: Vec<(String, u64)> = parsed["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["rule"].as_str().unwrap().to_owned(), finding["line"].as_u64().unwrap()))
        .filter(|(rule, _)| rule.starts_with("MET"))
        .collect();
    let expected = [("MET002", 5), ("MET001", 7), ("MET003", 7)];
    assert_eq!(found, expected.map(|(rule, line)| (rule.to_owned(), line)));
    assert_eq!(parsed["suppressed"], 1);
}

#[test]
fn the_order_of_the_report_is_the_order_of_the_paths() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..40 {
        std::fs::write(folder.path().join(format!("{number:02}.md")), BLAMEFUL).unwrap();
    }
    let (_, first, _) = run(unblame(folder.path()).args([".", "--format", "json"]));
    let paths: Vec<String> = labels(&first).into_iter().map(|(path, _)| path).collect();
    assert!(paths.is_sorted() && paths.len() == 40);
    assert_eq!(run(unblame(folder.path()).args([".", "./00.md", "--format", "json"])).1, first);
}
