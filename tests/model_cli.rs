//! The model door from the command line, against a real local HTTP server that also invents a number.
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Output;
use std::sync::{Arc, Mutex};

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::{Value, json};

const INCIDENT: &str = "fixtures/incidents/payment-frontend-2025-11-28";

/// Texts in the order of their arrival.
type Log = Arc<Mutex<Vec<String>>>;

/// Serves the same answer for ever and keeps the bodies that it was sent.
fn server() -> (String, Log) {
    let (address, seen, _) = server_with_heads();
    (address, seen)
}

/// The same, with what stood above each body.
fn server_with_heads() -> (String, Log, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let heads = Arc::new(Mutex::new(Vec::new()));
    let head_log = Arc::clone(&heads);
    let proposed = json!({"sentences": [
        {"sentence": "The first failing requests were counted at {at:E48}.", "evidence": ["E48"], "kind": "fact"},
        {"sentence": "The outage cost 90,000 dollars.", "evidence": ["E48"], "kind": "fact"},
    ]});
    let answer = json!({
        "choices": [{"message": {"content": proposed.to_string()}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5},
    })
    .to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut length = 0;
            let mut line = String::new();
            let mut above = String::new();
            while stream.read_line(&mut line).unwrap() > 2 {
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                above += &line;
                line.clear();
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).unwrap();
            log.lock().unwrap().push(String::from_utf8(body).unwrap());
            head_log.lock().unwrap().push(above);
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                answer.len()
            );
            stream.get_mut().write_all((head + &answer).as_bytes()).unwrap();
        }
    });
    (address, seen, heads)
}

/// Drafts in `folder` (caches stay there) with a model at `address`.
fn draft(folder: &Path, address: &str, extra: &[&str]) -> Output {
    let here = std::env::current_dir().unwrap();
    cargo_bin_cmd!("unblame")
        .current_dir(folder)
        .args(["draft", here.join(INCIDENT).to_str().unwrap(), "-o", "draft.md", "--force"])
        .args(extra)
        .env("OPENAI_BASE_URL", address)
        .env("OPENAI_API_KEY", "no-real-key")
        .env("UNBLAME_MODEL", "test-model")
        .output()
        .unwrap()
}

#[test]
fn a_model_writes_what_is_carried_and_what_it_invents_stands_as_unverified() {
    let (address, seen) = server();
    let folder = tempfile::tempdir().unwrap();
    let output = draft(folder.path(), &address, &["--egress-log", "sent.jsonl", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["usage"]["calls"].as_u64().unwrap() > 0);
    let claims = report["claims"].as_array().unwrap();
    let of =
        |words: &str| claims.iter().find(|claim| claim["text"].as_str().unwrap().contains(words)).unwrap();
    assert_eq!(of("first failing requests")["verdict"], "supported");
    assert_eq!(of("90,000 dollars")["verdict"], "unverified");
    let text = std::fs::read_to_string(folder.path().join("draft.md")).unwrap();
    let summary = text.split("\n## ").find(|section| section.starts_with("Executive summary")).unwrap();
    assert!(summary.contains("first failing requests") && !summary.contains("90,000"), "{summary}");
    let sent = seen.lock().unwrap().join("\n");
    for secret in ["AKIAEXAMPLEEXAMPLE00", "hunter2-not-real", "@example.com"] {
        assert!(!sent.contains(secret), "{secret} was sent");
    }
    let log = std::fs::read_to_string(folder.path().join("sent.jsonl")).unwrap();
    assert_eq!(log.lines().count(), seen.lock().unwrap().len(), "the log holds what was sent");
}

#[test]
fn without_an_answer_the_offline_text_stays_and_the_draft_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = draft(folder.path(), &format!("http://{closed}/v1"), &["--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(!report["fallbacks"].as_array().unwrap().is_empty());
    let text = std::fs::read_to_string(folder.path().join("draft.md")).unwrap();
    assert!(text.contains("lasted 33 minutes"));
}

#[test]
fn offline_and_dry_run_send_nothing() {
    let (address, seen) = server();
    let folder = tempfile::tempdir().unwrap();
    assert!(draft(folder.path(), &address, &["--offline"]).status.success());
    let dry = draft(folder.path(), &address, &["--dry-run"]);
    let first: Value =
        serde_json::from_str(String::from_utf8(dry.stdout).unwrap().lines().next().unwrap()).unwrap();
    assert!(first["messages"].as_array().is_some_and(|messages| !messages.is_empty()));
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn a_profile_reaches_azure_with_the_key_that_a_command_prints() {
    let (address, _, heads) = server_with_heads();
    let folder = tempfile::tempdir().unwrap();
    let resource = address.trim_end_matches("/v1");
    let profiles = format!(
        "[profiles.office]\nprovider = \"azure\"\nname = \"gpt-test\"\nbase_url = \"{resource}\"\ndeployment = \"drafts\"\n\
         api_version = \"2024-10-21\"\nkey_command = [\"echo\", \"printed-not-real\"]\n\
         [profiles.broken]\nkey_command = [\"false\"]\n"
    );
    std::fs::write(folder.path().join("unblame.toml"), profiles).unwrap();
    let output = draft(folder.path(), "http://127.0.0.1:9/v1", &["--model", "office", "--format", "json"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let heads = heads.lock().unwrap();
    assert!(!heads.is_empty());
    for head in heads.iter().map(|head| head.to_lowercase()) {
        let first = head.lines().next().unwrap();
        assert_eq!(first, "post /openai/deployments/drafts/chat/completions?api-version=2024-10-21 http/1.1");
        assert!(head.contains("api-key: printed-not-real") && !head.contains("authorization"), "{head}");
    }
    let written = std::fs::read_to_string(folder.path().join("draft.md")).unwrap();
    assert!(written.contains("first failing requests"));
    for text in [&told, &written, &String::from_utf8_lossy(&output.stdout).into_owned()] {
        assert!(!text.contains("printed-not-real"));
    }
    let broken = draft(folder.path(), &address, &["--model", "broken"]);
    assert!(!broken.status.success());
    let told = String::from_utf8_lossy(&broken.stderr);
    assert!(told.contains("key_command") && told.contains("--offline"), "{told}");
}

#[test]
fn eval_draft_measures_every_way_of_asking() {
    let (address, seen) = server();
    let folder = tempfile::tempdir().unwrap();
    let here = std::env::current_dir().unwrap();
    let output = cargo_bin_cmd!("unblame")
        .current_dir(folder.path())
        .args([
            "eval",
            "draft",
            here.join(INCIDENT).to_str().unwrap(),
            "--model",
            "test-model",
            "--format",
            "json",
        ])
        .env("OPENAI_BASE_URL", address)
        .env("OPENAI_API_KEY", "no-real-key")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).unwrap();
    for strategy in ["offline", "single-prompt", "whole", "apart", "map-reduce"] {
        assert!(told.contains(&format!("\"{strategy}\"")), "{strategy}: {told}");
    }
    let seen = seen.lock().unwrap();
    assert!(seen.len() > 10, "one request, nine sections and the parts: {}", seen.len());
}

#[test]
fn the_profile_that_holds_is_shown_without_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let settings = "[profiles.office]\nprovider = \"azure\"\nbase_url = \"https://someone:hunter2-not-real@office.example.com\"\nkey_command = [\"print-key\", \"hunter3-not-real\"]\nwindow = 32000\n";
    std::fs::write(folder.path().join("unblame.toml"), settings).unwrap();
    let output = cargo_bin_cmd!("unblame")
        .current_dir(folder.path())
        .args(["draft", "--dump-config", "--model", "office"])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    for shown in [
        "name = \"office\"",
        "base_url = \"https://office.example.com\"",
        "window = 32000",
        "concurrency = 4",
        "# key: printed by print-key",
    ] {
        assert!(told.contains(shown), "{shown}: {told}");
    }
    assert!(!told.contains("not-real"), "{told}");
}
