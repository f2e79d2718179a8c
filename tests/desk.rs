//! The desk through the front door: redact, draft, edit, redraft, check, actions, export.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn unblame() -> Command {
    let mut command = Command::cargo_bin("unblame").unwrap();
    command
        .env_remove("UNBLAME_MODEL")
        .env_remove("OPENAI_BASE_URL")
        .env_remove("OPENAI_API_KEY")
        .arg("--quiet");
    command
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

/// Copies the files of a folder, subfolders included, except those whose path holds `late`.
fn copy(from: &Path, to: &Path, late: &str) {
    for entry in walkdir::WalkDir::new(from)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
    {
        let name = entry.path().strip_prefix(from).unwrap();
        if late.is_empty() || !name.to_string_lossy().contains(late) {
            let target = to.join(name);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn stdout(command: &mut Command, code: i32) -> String {
    let done = command.assert().code(code);
    String::from_utf8(done.get_output().stdout.clone()).unwrap()
}

#[test]
fn the_command_line_is_well_formed() {
    unblame::cli::command().debug_assert();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(unblame().args(["completions", shell]), 0).contains("redraft"), "{shell}");
    }
    assert!(stdout(unblame().args(["man", "redraft"]), 0).contains("redraft"));
    assert!(stdout(unblame().args(["man", "nothing"]), 2).is_empty());
}

#[test]
fn redact_replaces_counts_and_fails_a_check() {
    let text =
        "paged oncall@example.com, DB_PASSWORD=hunter2, sha 4f1c2d9e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d\n";
    let out = stdout(unblame().args(["redact", "-", "--check"]).write_stdin(text), 1);
    assert_eq!(
        out,
        "paged [redacted:email], DB_PASSWORD=[redacted:password], sha 4f1c2d9e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d\n"
    );
    assert_eq!(stdout(unblame().args(["redact", "-", "--check"]).write_stdin(out.clone()), 0), out);
    let json = stdout(
        unblame()
            .args(["redact", "-", "--format", "json", "--person", "Maya Okafor"])
            .write_stdin("Maya, +49 30 5550 0142"),
        0,
    );
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["text"], "responder-1, [redacted:phone]");
    assert_eq!(value["counts"]["person"], 1);
    assert!(stdout(unblame().args(["redact", "--list"]), 0).contains("aws-key"));
}

#[test]
fn late_evidence_joins_an_edited_draft_and_no_edit_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let source = fixture("incidents/payment-frontend-2025-11-28");
    let (incident, file) = (folder.path().join("incident"), folder.path().join("draft.md"));
    copy(&source, &incident, "slack");
    unblame().arg("draft").arg(&incident).arg("-o").arg(&file).assert().success();
    let generated = fs::read_to_string(&file).unwrap();
    let edits = [
        ("status: draft", "status: review"),
        (
            "Revenue impact: **not stated in the evidence** (see Open questions).",
            "Revenue impact: about 41,000 EUR, from the finance dashboard.",
        ),
        ("## Lessons learned\n", "## Lessons learned\n\nShared bases need an owner.\n"),
    ];
    let edited = edits.iter().fold(generated.clone(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    fs::write(&file, &edited).unwrap();
    copy(&source, &incident, "");
    let json = stdout(unblame().arg("redraft").arg(&file).arg(&incident).args(["--format", "json"]), 0);
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(report["updated"].as_u64().unwrap() > 10, "{json}");
    let merged = fs::read_to_string(&file).unwrap();
    for (_, to) in edits {
        assert!(merged.contains(to.trim_start_matches("## Lessons learned").trim()), "{to}");
    }
    assert!(merged.contains("· slack ·") && !generated.contains("· slack ·"));
    // Ids that were cited before mean the same record now.
    for line in generated.lines().filter(|line| line.starts_with("[^E")) {
        let (label, rest) = line.split_once(": ").unwrap();
        let quote = rest.split('"').nth(1).unwrap_or_default();
        let now = merged.lines().find(|line| line.starts_with(&format!("{label}: ")));
        assert!(now.is_none_or(|now| now.contains(quote)), "{label} changed its meaning: {now:?}");
    }
    unblame().arg("redraft").arg(&file).arg(&incident).assert().success();
    assert_eq!(fs::read_to_string(&file).unwrap(), merged, "the same evidence again changes nothing");
}

#[test]
fn a_file_without_memory_is_refused_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.md");
    fs::write(&file, "# Own\n").unwrap();
    let incident = fixture("incidents/payment-frontend-2025-11-28");
    let done = unblame().arg("redraft").arg(&file).arg(&incident).assert().code(3);
    assert!(String::from_utf8_lossy(&done.get_output().stderr).contains("--base"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "# Own\n");
}

#[test]
fn a_folder_in_place_of_a_file_is_bad_input() {
    for command in ["verify", "check", "export"] {
        let to: &[&str] = if command == "export" { &["--to", "html"] } else { &[] };
        let done = unblame().arg(command).arg(fixture("history")).args(to).assert().code(3);
        let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
        assert!(told.contains("a folder") && told.contains("name a file in it"), "{command}: {told}");
    }
}

#[test]
fn a_draft_is_promoted_only_when_it_is_ready() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    let text = "---\nid: INC-1\nstatus: draft\nseverity: SEV-3\nstarted_at: 2025-11-28T09:22:00Z\nresolved_at: 2025-11-28T09:55:00Z\n---\n# Queue stuck\n\n## Executive summary\n\nThe queue stopped for 33 minutes.\n\n## Impact\n\nMails were late by up to 33 minutes.\n\n## Timeline\n\n- 09:22 UTC: the consumer stopped\n- 09:55 UTC: the consumer ran again\n\n## Root cause analysis\n\nThe consumer had no limit on retries.\n\n## Lessons learned\n\nRetries need a limit.\n\n## Action items\n\n| ID | Action | Type | Priority | Owner | Due | Status | Verification |\n|---|---|---|---|---|---|---|---|\n| A-1 | Limit the retries of the mail consumer to 5 | prevent | P1 | mail team | 2025-12-15 | open | a test with a dead server ends after 5 tries |\n\n## Open questions\n\n- How many mails were late?\n";
    fs::write(&file, text).unwrap();
    let said = stdout(unblame().arg("check").arg(&file).args(["--stage", "final", "--promote"]), 1);
    assert!(said.contains("not answered: How many mails were late?"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    fs::write(&file, text.replace("late?\n", "late? 1,204, from the mail log.\n")).unwrap();
    let said = stdout(unblame().arg("check").arg(&file).args(["--stage", "final", "--promote"]), 0);
    assert!(said.contains("its status is now final"), "{said}");
    assert!(fs::read_to_string(&file).unwrap().contains("\nstatus: final\n"));
}

#[test]
fn an_id_is_never_given_to_another_record() {
    let folder = tempfile::tempdir().unwrap();
    let source = fixture("incidents/payment-frontend-2025-11-28");
    let (incident, file) = (folder.path().join("incident"), folder.path().join("draft.md"));
    copy(&source, &incident, "");
    unblame().arg("draft").arg(&incident).arg("-o").arg(&file).assert().success();
    let kept = |name: &str| {
        let text = fs::read_to_string(folder.path().join(".unblame/evidence").join(name)).unwrap();
        let of = |line: &str| {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            (event["id"].to_string(), event["fingerprint"].to_string())
        };
        text.lines().map(of).collect::<std::collections::BTreeMap<_, _>>()
    };
    let before = kept("PI-2025-038.jsonl");
    // The chat export is lost, then other evidence arrives: ids of the lost lines stay theirs.
    fs::remove_dir_all(incident.join("slack-export")).unwrap();
    let late = "timestamp,source,actor,text\n2025-11-28T09:23:00Z,grafana,,late evidence\n2025-11-28T09:24:00Z,grafana,,more of it\n";
    fs::write(incident.join("late.csv"), late).unwrap();
    unblame().arg("redraft").arg(&file).arg(&incident).assert().success();
    let after = kept("PI-2025-038.jsonl");
    assert!(after.len() > before.len());
    for (id, fingerprint) in before {
        assert_eq!(after.get(&id), Some(&fingerprint), "{id} means another record now");
    }
}

#[test]
fn a_conflict_stands_in_the_file_and_stops_every_stage() {
    let folder = tempfile::tempdir().unwrap();
    let source = fixture("incidents/payment-frontend-2025-11-28");
    let file = folder.path().join("draft.md");
    unblame().arg("draft").arg(&source).arg("-o").arg(&file).assert().success();
    let generated = fs::read_to_string(&file).unwrap();
    let base = folder.path().join("base.md");
    fs::write(&file, generated.replace("severity: SEV-1", "severity: SEV-3")).unwrap();
    fs::write(&base, generated.replace("severity: SEV-1", "severity: SEV-2")).unwrap();
    let merged = stdout(
        unblame().arg("redraft").arg(&file).arg(&source).arg("--base").arg(&base).args(["--format", "json"]),
        1,
    );
    assert!(merged.contains("\"theirs\": \"severity: SEV-1\""), "{merged}");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\nseverity: SEV-3\n# Conflict 1, regenerated: severity: SEV-1\n"), "{text}");
    for stage in ["review", "final"] {
        let said = stdout(unblame().arg("check").arg(&file).args(["--stage", stage, "--promote"]), 1);
        assert!(said.contains("conflict 1 is not settled"), "{said}");
    }
    assert!(fs::read_to_string(&file).unwrap().contains("status: draft"));
}

#[test]
fn required_reviewers_have_to_approve_before_a_document_is_final() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("unblame.toml"), "[review]\nreviewers = [\"reliability-lead\"]\n").unwrap();
    let file = folder.path().join("a.md");
    let check = |stage: &str| {
        let done =
            unblame().current_dir(folder.path()).args(["check", "a.md", "--stage", stage]).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    fs::write(&file, "---\nid: A-1\n---\n# T\n\n## Impact\n\nNobody was hit.[^E9]\n").unwrap();
    assert!(
        check("final").contains("reliability-lead has not approved it")
            && !check("review").contains("approved")
    );
    assert!(check("review").contains("`[^E9]` leads to no footnote"));
    fs::write(&file, "---\nid: A-1\napproved_by: [\"@Reliability-Lead\"]\n---\n# T\n").unwrap();
    assert!(!check("final").contains("approved"));
}

#[test]
fn actions_of_the_history_are_counted_exported_and_synced() {
    let history = fixture("history");
    let list = |extra: &[&str], code| {
        stdout(unblame().arg("actions").args(extra).arg("--history").arg(&history), code)
    };
    let json = list(&["list", "--as-of", "2025-12-31", "--format", "json"], 0);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["summary"]["open"].as_u64().unwrap(), value["items"].as_array().unwrap().len() as u64);
    assert!(list(&["overdue", "--as-of", "2025-12-31"], 1).contains("(overdue)"));
    assert!(list(&["export", "--to", "github", "--as-of", "2025-12-31"], 0).starts_with("#!/bin/sh"));

    let folder = tempfile::tempdir().unwrap();
    copy(&history, folder.path(), "");
    let issues = folder.path().join("issues.json");
    let key = value["items"][0]["key"].as_str().unwrap();
    fs::write(&issues, format!(r#"[{{"number": 7, "title": "x", "state": "CLOSED", "closedAt": "2025-12-20T00:00:00Z", "body": "Action {key} of"}}]"#)).unwrap();
    let sync = |apply: &[&str], code| {
        stdout(
            unblame().args(["actions", "sync"]).arg(&issues).args(apply).arg("--history").arg(folder.path()),
            code,
        )
    };
    assert!(sync(&[], 1).contains(key));
    sync(&["--apply"], 0);
    assert!(sync(&[], 0).contains("agree"));
}

#[test]
fn an_export_for_outsiders_has_no_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("draft.md");
    unblame()
        .arg("draft")
        .arg(fixture("incidents/ingress-2025-03-15"))
        .arg("-o")
        .arg(&file)
        .assert()
        .success();
    let page = stdout(unblame().arg("export").arg(&file), 0);
    assert!(page.starts_with("<!doctype html>") && !page.contains("[^"));
    let outside = stdout(unblame().arg("export").arg(&file).args(["--to", "markdown", "--sanitize"]), 0);
    assert!(
        !outside.contains("[^E") && !outside.contains("## Evidence") && !outside.contains("## Unverified")
    );
}

#[test]
fn init_prepares_a_repository_once() {
    let folder = tempfile::tempdir().unwrap();
    assert!(stdout(unblame().arg("init").arg(folder.path()), 0).contains("unblame.toml"));
    assert!(stdout(unblame().arg("init").arg(folder.path()), 0).contains("already"));
    let digest = stdout(
        unblame()
            .args(["digest", "--since", "2025-07-01", "--until", "2025-12-31", "--history"])
            .arg(fixture("history")),
        0,
    );
    assert!(digest.contains("PI-2025-036"), "{digest}");
}
