//! `unblame verify` after people edited a draft, its footnotes or the evidence kept beside it.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// A fresh draft of a fixture in a folder of its own.
struct Drafted {
    folder: tempfile::TempDir,
    text: String,
}

impl Drafted {
    fn new(incident: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/incidents").join(incident);
        let file = folder.path().join("draft.md");
        unblame().arg("draft").arg(source).arg("-o").arg(&file).assert().success();
        Self { text: fs::read_to_string(file).unwrap(), folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("draft.md")
    }

    fn store(&self) -> PathBuf {
        let mut files = fs::read_dir(self.folder.path().join(".unblame/evidence")).unwrap();
        files.next().unwrap().unwrap().path()
    }

    /// Result, exit code and talk for a text.
    fn verify(&self, text: &str) -> (Value, i32, String) {
        fs::write(self.file(), text).unwrap();
        let done = unblame().arg("verify").arg(self.file()).args(["--format", "json"]).output().unwrap();
        let value = serde_json::from_slice(&done.stdout).unwrap();
        (value, done.status.code().unwrap(), String::from_utf8(done.stderr).unwrap())
    }
}

fn unblame() -> Command {
    let mut command = Command::cargo_bin("unblame").unwrap();
    command.env_remove("UNBLAME_MODEL");
    command
}

/// The claims with a verdict: line, text, reason.
fn with(value: &Value, verdict: &str) -> Vec<(usize, String, String)> {
    let claims = value["claims"].as_array().unwrap().iter().filter(|claim| claim["verdict"] == verdict);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    claims
        .map(|claim| {
            (
                claim["line"].as_u64().unwrap().try_into().unwrap(),
                text(&claim["text"]),
                text(&claim["reason"]),
            )
        })
        .collect()
}

fn line_of(text: &str, words: &str) -> usize {
    text.lines().position(|line| line.contains(words)).unwrap() + 1
}

#[test]
fn fresh_drafts_are_carried_by_their_evidence_in_every_line_ending() {
    for incident in ["payment-frontend-2025-11-28", "ingress-2025-03-15"] {
        let drafted = Drafted::new(incident);
        for text in [drafted.text.clone(), drafted.text.replace('\n', "\r\n")] {
            let (value, code, said) = drafted.verify(&text);
            assert_eq!((code, &value["against"], said.as_str()), (0, &"kept_evidence".into(), ""));
            assert!(value["claims"].as_array().unwrap().len() > 40);
            assert_eq!(value["footnotes"], Value::Array(Vec::new()));
        }
    }
}

#[test]
fn sentences_of_people_are_listed_at_their_lines_and_are_no_findings() {
    let drafted = Drafted::new("payment-frontend-2025-11-28");
    let edited = drafted
        .text
        .replacen("## Impact\n", "## Impact\n\nSupport was overrun for an hour. Nobody\nslept well.\n", 1)
        .replacen("## Evidence\n", "## Evidence\n\n[^dash]: the finance dashboard, read on Monday\n", 1)
        .replacen("## Lessons learned\n", "## Lessons learned\n\nWe lost 41,000 EUR.[^dash]\n", 1);
    let (value, code, _) = drafted.verify(&edited);
    let human = with(&value, "human");
    let expected = [
        (line_of(&edited, "Support was"), "Support was overrun for an hour.", ""),
        (line_of(&edited, "Support was"), "Nobody slept well.", ""),
        (
            line_of(&edited, "We lost 41,000"),
            "We lost 41,000 EUR.",
            "it rests on `[^dash]`, which a person added",
        ),
    ];
    let expected = expected.map(|(line, text, reason)| (line, text.to_owned(), reason.to_owned()));
    assert_eq!((human.as_slice(), code), (expected.as_slice(), 0));
}

#[test]
fn a_changed_figure_a_lost_citation_and_a_mark_without_footnote_are_told_apart() {
    let drafted = Drafted::new("payment-frontend-2025-11-28");
    let cited = drafted.text.lines().find(|line| line.contains("28 minutes") || line.contains("33 minutes"));
    let cited = cited.unwrap();
    let minutes = if cited.contains("28 minutes") { "28 minutes" } else { "33 minutes" };
    let edited = drafted.text.replacen(minutes, "97 minutes", 1).replacen(
        "## What went well\n",
        "## What went well\n\nThe alert came.[^E9999]\n",
        1,
    );
    let (value, code, _) = drafted.verify(&edited);
    let failing = with(&value, "unverified");
    assert_eq!((failing.len(), code), (2, 1), "{failing:?}");
    let changed = failing.iter().find(|(_, text, _)| text.contains("97 minutes")).unwrap();
    assert_eq!(changed.0, line_of(&edited, "97 minutes"));
    assert!(changed.2.contains("97 minutes"), "{changed:?}");
    let dangling = failing.iter().find(|(_, text, _)| text == "The alert came.").unwrap();
    assert!(dangling.2.contains("no definition"), "{dangling:?}");

    let section = drafted.text.split("## What went well\n").nth(1).unwrap();
    let item = section.lines().find(|line| line.contains("[^E")).unwrap();
    let bare = drafted.text.replacen(item, item.split("[^E").next().unwrap(), 1);
    let (value, code, _) = drafted.verify(&bare);
    let human = with(&value, "human");
    assert_eq!((human.len(), code), (1, 0), "{human:?}");
    assert_eq!(human[0].2, "its citation was taken away");
}

#[test]
fn a_footnote_that_was_changed_takes_its_sentences_down() {
    let drafted = Drafted::new("ingress-2025-03-15");
    let note = drafted.text.lines().find(|line| line.starts_with("[^E") && line.contains('"')).unwrap();
    let (label, _) = note.split_once("]:").unwrap();
    let word = note.split('"').nth(1).unwrap().split(' ').next_back().unwrap();
    let at = note.rfind(word).unwrap();
    let forged = format!("{}forged{}", &note[..at], &note[at + word.len()..]);
    let (value, code, _) = drafted.verify(&drafted.text.replace(note, &forged));
    let wrong = &value["footnotes"][0];
    assert_eq!((code, &wrong["line"]), (1, &line_of(&drafted.text, note).into()));
    assert_eq!(format!("[^{}", wrong["id"].as_str().unwrap()), label);
    assert!(wrong["reason"].as_str().unwrap().contains("forged"), "{wrong}");
    assert!(with(&value, "unverified").iter().all(|(_, _, why)| why.contains("not what was collected")));

    let invented = format!(
        "{}\n[^E9000]: 2025-03-15 03:00:00 UTC · slack · \"all is well\" (a.json#1)\n",
        drafted.text.trim_end()
    );
    let (value, code, _) = drafted.verify(&invented);
    assert_eq!((code, &value["footnotes"][0]["id"]), (1, &"E9000".into()), "{}", value["footnotes"]);

    // An editor that escapes differently or wraps lines changes nothing that is said.
    let wrapped = drafted.text.replace(note, &note.replacen(" · \"", " ·\n    \"", 1));
    assert_eq!(drafted.verify(&wrapped).1, 0);
}

#[test]
fn without_kept_evidence_the_footnotes_count_and_stderr_says_so() {
    let drafted = Drafted::new("ingress-2025-03-15");
    fs::remove_dir_all(drafted.folder.path().join(".unblame")).unwrap();
    let (value, _, said) = drafted.verify(&drafted.text);
    assert_eq!(value["against"], "footnotes");
    assert!(said.contains(".unblame/evidence/") && said.contains("footnotes of the file alone"), "{said}");
    let piped = unblame().args(["verify", "-"]).write_stdin(drafted.text.as_str()).output().unwrap();
    assert!(String::from_utf8(piped.stderr).unwrap().contains("standard input"));
}

#[test]
fn a_broken_line_of_the_kept_evidence_is_named_and_the_rest_is_used() {
    let drafted = Drafted::new("ingress-2025-03-15");
    let kept = fs::read_to_string(drafted.store()).unwrap();
    fs::write(drafted.store(), format!("{{\"id\": half\n{kept}")).unwrap();
    let (value, code, said) = drafted.verify(&drafted.text);
    assert_eq!((code, &value["against"]), (0, &"kept_evidence".into()));
    assert!(said.contains(".jsonl:1:"), "{said}");
    assert!(!kept.contains("AKIA") && !kept.contains("@example.com"), "secrets are not kept");
}

#[test]
fn a_figure_that_nothing_carries_is_a_warning_at_review_and_needs_a_person_before_final() {
    let draft = Drafted::new("payment-frontend-2025-11-28");
    let check = |text: &str, stage: &str| -> Value {
        fs::write(draft.file(), text).unwrap();
        let done = unblame()
            .arg("check")
            .arg(draft.file())
            .args(["--stage", stage, "--format", "json"])
            .output()
            .unwrap();
        serde_json::from_slice(&done.stdout).unwrap()
    };
    let unfounded = |checked: &Value, list: &str| -> Vec<u64> {
        let of = |one: &&Value| one["check"] == "facts";
        let all = checked[list].as_array().unwrap();
        all.iter().filter(of).map(|one| one["line"].as_u64().unwrap()).collect()
    };
    let changed = draft.text.replacen("mitigation: 33 minutes", "mitigation: 55 minutes", 1);
    let line = line_of(&changed, "55 minutes") as u64;
    let review = check(&changed, "review");
    assert_eq!((&review["ready"], unfounded(&review, "reminders")), (&Value::Bool(true), vec![line]));
    let last = check(&changed, "final");
    assert_eq!((unfounded(&last, "obstacles"), unfounded(&last, "reminders")), (vec![line], Vec::new()));

    let at = changed.find("55 minutes").unwrap();
    let end = at + changed[at..].find('\n').unwrap();
    let reworded = draft.text.replacen("It was detected at 09:32 UTC", "Nobody detected it at 09:32 UTC", 1);
    let last = check(&reworded, "final");
    assert!(last["reminders"].as_array().unwrap().iter().any(|one| one["check"] == "doubts"), "{last}");
    assert_eq!(unfounded(&last, "obstacles"), Vec::<u64>::new());

    let confirmed = format!(
        "{} <!-- unblame confirm -- the status page says 10:17 -->{}",
        &changed[..end],
        &changed[end..]
    );
    assert_eq!(unfounded(&check(&confirmed, "final"), "obstacles"), Vec::<u64>::new());
    let (value, exit, _) = draft.verify(&confirmed);
    assert_eq!(exit, 0);
    assert!(with(&value, "human")[0].2.contains("the status page says 10:17"));
}
