//! The two fixture incidents through the front door: phases, durations, every expected event, a draft that is safe to show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, clippy::print_stderr)] // a failing unwrap is a failing test

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;

const INCIDENTS: [&str; 2] = ["payment-frontend-2025-11-28", "ingress-2025-03-15"];

fn unblame(args: &[&str]) -> Output {
    cargo_bin_cmd!("unblame")
        .args(args)
        .env_remove("UNBLAME_MODEL")
        .env_remove("OPENAI_API_KEY")
        .env_remove("OPENAI_BASE_URL")
        .output()
        .unwrap()
}

fn incident(name: &str) -> String {
    format!("fixtures/incidents/{name}")
}

fn expected(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(format!("{}.expected.json", incident(name))).unwrap())
        .unwrap()
}

fn timeline(name: &str) -> Value {
    let output = unblame(&["timeline", &incident(name), "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn minute(at: &Value) -> String {
    at.as_str().unwrap()[..16].to_owned()
}

#[test]
fn phases_and_durations_are_those_of_the_incident() {
    for name in INCIDENTS {
        let (found, truth) = (timeline(name), expected(name));
        for (phase, at) in truth["phases"].as_object().unwrap() {
            assert_eq!(minute(&found["phases"][phase]["at"]), minute(at), "{name}: {phase}");
        }
        for (json, key) in [("detection", "detection_s"), ("response", "response_s"), ("total", "total_s")] {
            let minutes = truth["durations_min"][json].as_i64().unwrap();
            assert_eq!(found["durations"][key].as_i64(), Some(minutes * 60), "{name}: {json}");
        }
    }
}

#[test]
fn the_draft_s_timeline_shows_every_expected_event() {
    for name in INCIDENTS {
        let (found, truth) = (timeline(name), expected(name));
        let events = found["events"].as_array().unwrap();
        let mut missing = Vec::new();
        for event in truth["events"].as_array().unwrap() {
            let words: Vec<&str> =
                event["words"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let shown = events.iter().filter(|candidate| candidate["key"] == true).any(|candidate| {
                let seen =
                    [&candidate["actor"], &candidate["text"]].map(|part| part.as_str().unwrap_or_default());
                let text = seen.join(": ").to_lowercase();
                minute(&candidate["at"]) == minute(&event["at"])
                    && words.iter().all(|word| text.contains(word))
            });
            if !shown {
                missing.push(format!("{} {} {words:?}", event["at"], event["what"]));
            }
        }
        assert!(missing.is_empty(), "{name} does not show:\n{}", missing.join("\n"));
    }
}

#[test]
fn broken_and_unknown_files_are_warnings_with_file_line_and_reason() {
    let warnings = timeline(INCIDENTS[0])["warnings"].as_array().unwrap().clone();
    for file in ["grafana-annotations.json", "dashboard-capture.bin"] {
        let warning = warnings.iter().find(|warning| warning["file"] == file);
        assert!(
            warning.is_some_and(|warning| !warning["message"].as_str().unwrap().is_empty()),
            "{file}: {warnings:#?}"
        );
    }
}

fn draft(name: &str, to: &Path) -> (Value, String) {
    let path = to.join("draft.md");
    let output = unblame(&[
        "draft",
        &incident(name),
        "--history",
        "fixtures/history",
        "-o",
        path.to_str().unwrap(),
        "--format",
        "json",
    ]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (serde_json::from_slice(&output.stdout).unwrap(), std::fs::read_to_string(path).unwrap())
}

#[test]
fn every_fact_of_a_draft_cites_evidence_that_the_draft_holds() {
    for name in INCIDENTS {
        let folder = tempfile::tempdir().unwrap();
        let (report, text) = draft(name, folder.path());
        let claims = report["claims"].as_array().unwrap();
        assert!(claims.len() >= 20, "{name}: {} claims", claims.len());
        for claim in claims.iter().filter(|claim| claim["kind"] == "fact" && claim["verdict"] == "supported")
        {
            let evidence = claim["evidence"].as_array().unwrap();
            assert!(!evidence.is_empty(), "{name}: a fact without evidence: {claim}");
            for id in evidence {
                assert!(
                    text.contains(&format!("[^{}]: ", id.as_str().unwrap())),
                    "{name}: {id} is not in the evidence"
                );
            }
        }
        for heading in [
            "Executive summary",
            "Impact",
            "Timeline",
            "Contributing factors",
            "Root cause analysis",
            "Recovery assessment",
            "What went well",
            "What could be improved",
            "Lessons learned",
            "Action items",
            "Similar incidents",
            "Open questions",
            "Unverified",
            "Evidence",
        ] {
            assert!(text.contains(&format!("\n## {heading}\n")), "{name}: no section {heading}");
        }
    }
}

#[test]
fn a_draft_is_lint_clean_and_holds_no_secret() {
    for name in INCIDENTS {
        let folder = tempfile::tempdir().unwrap();
        let (report, text) = draft(name, folder.path());
        let blame: Vec<&Value> = report["lint"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] != "info")
            .collect();
        assert!(blame.is_empty(), "{name}: {blame:#?}");
        for secret in ["AKIAEXAMPLEEXAMPLE00", "hunter2-not-real", "@example.com"] {
            assert!(!text.contains(secret), "{name}: {secret} is in the draft");
        }
        let path = folder.path().join("draft.md");
        let output = unblame(&["lint", path.to_str().unwrap()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn the_same_evidence_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (first, _) = draft(INCIDENTS[0], folder.path());
    let one = std::fs::read(folder.path().join("draft.md")).unwrap();
    std::fs::remove_file(folder.path().join("draft.md")).unwrap();
    let (second, _) = draft(INCIDENTS[0], folder.path());
    assert_eq!(first, second);
    assert_eq!(one, std::fs::read(folder.path().join("draft.md")).unwrap());
}

#[test]
fn true_repeats_are_named_with_their_open_actions_and_before_the_decoys() {
    let folder = tempfile::tempdir().unwrap();
    let (report, text) = draft(INCIDENTS[0], folder.path());
    let truth: Value =
        serde_json::from_str(&std::fs::read_to_string("fixtures/history.expected.json").unwrap()).unwrap();
    let matches: Vec<&str> =
        report["matches"].as_array().unwrap().iter().map(|found| found["id"].as_str().unwrap()).collect();
    let repeats: Vec<&str> =
        truth["repeats_of"]["PI-2025-038"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(repeats.contains(&matches[0]), "the first match is {matches:?}");
    assert!(text.contains(matches[0]));
    let recent =
        report["matches"].as_array().unwrap().iter().find(|found| found["id"] == "PI-2025-032").unwrap();
    assert!(
        recent["open_actions"].as_array().unwrap().iter().any(|action| action["id"] == "AI-3"),
        "{recent:#}"
    );
}

#[test]
fn an_existing_draft_is_kept_unless_forced() {
    let folder = tempfile::tempdir().unwrap();
    let history = folder.path().join("history");
    std::fs::create_dir(&history).unwrap();
    let (evidence, past) = (incident(INCIDENTS[0]), history.to_str().unwrap().to_owned());
    let run = |extra: &[&str]| {
        let args = [&["draft", evidence.as_str(), "--history", past.as_str()], extra].concat();
        unblame(&args)
    };
    let first = run(&[]);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let path: PathBuf = folder.path().join("PI-2025-038.md");
    assert!(path.exists(), "the draft lies beside the history");
    let second = run(&[]);
    assert_eq!(second.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&second.stderr).contains("--force"));
    assert!(run(&["--force"]).status.success());
}

#[test]
fn missing_and_empty_folders_say_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    for path in [empty.path(), &empty.path().join("nowhere")] {
        for verb in ["timeline", "draft"] {
            let output = unblame(&[verb, path.to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(3));
            assert!(String::from_utf8_lossy(&output.stderr).contains("help:"));
            assert!(output.stdout.is_empty());
        }
    }
}

#[test]
fn one_source_alone_is_enough_for_a_draft() {
    for file in
        ["slack-export", "pagerduty-log-entries.json", "k8s-events.json", "notes-oncall.md", "metrics.csv"]
    {
        let folder = tempfile::tempdir().unwrap();
        let source = format!("fixtures/incidents/{}/{file}", INCIDENTS[0]);
        let path = folder.path().join("draft.md");
        let output = unblame(&["draft", &source, "-o", path.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{file}: {said}");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("## Open questions"), "{file}");
    }
}
