//! Embeddings from a server on this machine: redacted, cached by content, never required.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a failing unwrap is a failing test

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Output;
use std::sync::{Arc, Mutex};

use assert_cmd::Command;
use serde_json::{Value, json};

/// Serves `/v1/embeddings`: texts about turnips are all alike. Returns its address and the bodies it got.
fn serve() -> (String, Arc<Mutex<Vec<Value>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    let seen: Arc<Mutex<Vec<Value>>> = Arc::default();
    let bodies = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let bodies = Arc::clone(&bodies);
            std::thread::spawn(move || answer(stream, &bodies));
        }
    });
    (address, seen)
}

fn answer(mut stream: TcpStream, bodies: &Mutex<Vec<Value>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 0 && line != "\r\n" {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let vectors: Vec<Value> = body["input"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let turnip = text.as_str().unwrap().contains("turnip");
            json!({"index": at, "embedding": if turnip { [1.0, 0.0] } else { [0.1, 1.0] }})
        })
        .collect();
    bodies.lock().unwrap().push(body);
    let answer = json!({"object": "list", "data": vectors, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}).to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    write!(stream, "{head}content-length: {}\r\n\r\n{answer}", answer.len()).unwrap();
}

fn similar(folder: &Path, address: &str, more: &[&str]) -> Output {
    Command::cargo_bin("unblame")
        .unwrap()
        .current_dir(folder)
        .env_remove("UNBLAME_MODEL")
        .env("OPENAI_BASE_URL", address)
        .env("OPENAI_API_KEY", "test")
        .args(["similar", "Q", "--history", "h.jsonl", "--format", "json"])
        .args(more)
        .output()
        .unwrap()
}

fn first(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    found["matches"][0]["id"].as_str().unwrap().to_owned()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let one = |id: &str, title: &str, text: &str| {
        json!({"id": id, "title": title, "text": text, "date": "2025-01-01"}).to_string()
    };
    let lines = [
        one(
            "WORDS",
            "Queue of orders stuck",
            "The queue of orders was stuck after a deploy and the consumer lagged.",
        ),
        one(
            "MEANING",
            "Orders waited",
            "The queue waited, a turnip. Ask carla.mendez@example.com for the consumer.",
        ),
        one("OTHER", "Mail relay down", "A certificate had expired on the relay after a deploy."),
        one("Q", "Orders stuck", "Orders stuck in the queue, consumer lagged after a deploy, turnip."),
    ];
    std::fs::write(folder.path().join("h.jsonl"), lines.join("\n")).unwrap();
    std::fs::write(folder.path().join("unblame.toml"), "[similar]\nembeddings = \"m\"\n").unwrap();
    folder
}

#[test]
fn meaning_moves_the_order_text_is_redacted_and_nothing_is_sent_twice() {
    let folder = folder();
    let (address, seen) = serve();
    let by_words = similar(folder.path(), &address, &["--offline"]);
    assert_eq!(first(&by_words), "WORDS");
    assert!(seen.lock().unwrap().is_empty(), "offline sends nothing");
    let found: Value = serde_json::from_slice(&similar(folder.path(), &address, &[]).stdout).unwrap();
    let score = |found: &Value, id: &str| {
        let matches = found["matches"].as_array().unwrap();
        matches.iter().find(|one| one["id"] == id).unwrap()["score"].as_f64().unwrap()
    };
    let before: Value = serde_json::from_slice(&by_words.stdout).unwrap();
    assert!(score(&found, "MEANING") > score(&before, "MEANING") + 0.9);
    assert!(score(&found, "WORDS") < score(&before, "WORDS") + 0.5);
    let bodies = seen.lock().unwrap().clone();
    let sent = serde_json::to_string(&bodies).unwrap();
    assert!(sent.contains("turnip") && !sent.contains("carla.mendez"), "{sent}");
    assert_eq!(bodies[0]["model"], "m");
    similar(folder.path(), &address, &[]);
    assert_eq!(seen.lock().unwrap().len(), bodies.len(), "the second run asks nothing");
}

#[test]
fn a_server_that_is_gone_leaves_the_words() {
    let folder = folder();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    std::fs::write(
        folder.path().join("unblame.toml"),
        format!("[similar]\nembeddings = \"m\"\nbase_url = \"http://{closed}/v1\"\n"),
    )
    .unwrap();
    let output = similar(folder.path(), "http://127.0.0.1:1/v1", &[]);
    assert_eq!(first(&output), "WORDS");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("the order rests on words alone"), "{said}");
}

#[test]
fn all_incidents_are_compared_and_each_text_is_sent_once() {
    let folder = folder();
    let (address, seen) = serve();
    let run = |arguments: &[&str]| {
        let output = Command::cargo_bin("unblame")
            .unwrap()
            .current_dir(folder.path())
            .env("OPENAI_BASE_URL", &address)
            .env("OPENAI_API_KEY", "test")
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let found = run(&["similar", "--all", "--history", "h.jsonl", "--format", "json"]);
    let line =
        found.lines().find(|line| line.contains("\"query\":\"Q\"")).expect("one line for each incident");
    assert!(line.contains("MEANING"), "{line}");
    let sent =
        || -> usize { seen.lock().unwrap().iter().map(|body| body["input"].as_array().unwrap().len()).sum() };
    assert_eq!(sent(), 4);
    let labelled =
        json!({"id": "AGAIN", "title": "Orders stuck again", "text": "The queue, a turnip.", "dup_of": "Q"});
    let history = std::fs::read_to_string(folder.path().join("h.jsonl")).unwrap();
    std::fs::write(folder.path().join("labelled.jsonl"), format!("{history}\n{labelled}")).unwrap();
    let scores: Value = serde_json::from_str(&run(&["eval", "similar", "labelled.jsonl"])).unwrap();
    assert_eq!(scores["queries"], 1);
    assert_eq!(sent(), 5, "only the new text is sent");
    let table = run(&["eval", "similar", "labelled.jsonl", "--format", "text", "--offline"]);
    assert!(table.contains("MAP") && table.contains("flagged"), "{table}");
}

#[test]
fn a_profile_can_say_where_embeddings_come_from() {
    let folder = folder();
    let (address, seen) = serve();
    let text = format!(
        "[similar]\nembeddings = \"m\"\nprofile = \"near\"\n\n[profiles.near]\nbase_url = \"{address}\"\n"
    );
    std::fs::write(folder.path().join("unblame.toml"), text).unwrap();
    assert!(similar(folder.path(), "http://127.0.0.1:9/v1", &[]).status.success());
    assert!(!seen.lock().unwrap().is_empty(), "the address is that of the profile");
    std::fs::write(folder.path().join("unblame.toml"), "[similar]\nembeddings = \"m\"\nprofile = \"far\"\n")
        .unwrap();
    let output = similar(folder.path(), &address, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("names the profile `far`"));
}
