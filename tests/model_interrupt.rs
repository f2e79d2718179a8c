//! A run that is interrupted or killed while it waits for a model leaves no half-written file and is not paid for twice.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // a failing unwrap is a failing test

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

const INCIDENT: &str = "fixtures/incidents/ingress-2025-03-15";
const ANSWER: &str = r#"{"choices":[{"message":{"content":"{\"sentences\":[],\"questions\":[]}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3}}"#;

/// A server that answers `patience` requests and then only listens.
struct Server {
    address: String,
    patience: Arc<AtomicUsize>,
    answered: Arc<Mutex<Vec<String>>>,
    /// Told when a request is left waiting.
    waiting: Receiver<()>,
}

fn server(patience: usize) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    let (patience, answered) = (Arc::new(AtomicUsize::new(patience)), Arc::<Mutex<Vec<String>>>::default());
    let (tell, waiting) = channel();
    let (left, log) = (patience.clone(), answered.clone());
    std::thread::spawn(move || {
        let mut held: Vec<TcpStream> = Vec::new();
        for stream in listener.incoming() {
            held.extend(serve(stream.unwrap(), &left, &log, &tell));
        }
    });
    Server { address, patience, answered, waiting }
}

/// Answers one request, or gives its connection back to be held open.
fn serve(
    stream: TcpStream,
    left: &AtomicUsize,
    answered: &Mutex<Vec<String>>,
    tell: &Sender<()>,
) -> Option<TcpStream> {
    let mut stream = BufReader::new(stream);
    let (mut length, mut line) = (0, String::new());
    while stream.read_line(&mut line).ok()? > 2 {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    if left.load(Ordering::SeqCst) == 0 {
        let _ = tell.send(());
        return Some(stream.into_inner());
    }
    left.fetch_sub(1, Ordering::SeqCst);
    answered.lock().unwrap().push(String::from_utf8(body).unwrap());
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        ANSWER.len()
    );
    stream.get_mut().write_all((head + ANSWER).as_bytes()).ok()?;
    None
}

fn start(folder: &Path, address: &str) -> Child {
    let incident = std::env::current_dir().unwrap().join(INCIDENT);
    // A test run in the background inherits an ignored interrupt; a person at a terminal does not.
    Command::new("env")
        .current_dir(folder)
        .args(["--default-signal=INT", env!("CARGO_BIN_EXE_unblame")])
        .args(["draft", incident.to_str().unwrap(), "-o", "draft.md", "--format", "json"])
        .env("OPENAI_BASE_URL", address)
        .env("OPENAI_API_KEY", "no-real-key")
        .env("UNBLAME_MODEL", "test-model")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn an_interrupted_run_leaves_nothing_half_written_and_resumes() {
    for signal in ["INT", "KILL"] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("unblame.toml"),
            "[model]\nsections = \"apart\"\nconcurrency = 1\n",
        )
        .unwrap();
        let server = server(3);
        let mut child = start(folder.path(), &server.address);
        server.waiting.recv().unwrap();
        assert!(
            Command::new("kill")
                .args([&format!("-{signal}"), &child.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
        assert!(!child.wait().unwrap().success(), "{signal}");
        let left: BTreeSet<String> = [".unblame", "unblame.toml"].map(str::to_owned).into();
        assert_eq!(names(folder.path()), left, "{signal}");

        server.patience.store(100, Ordering::SeqCst);
        let output = start(folder.path(), &server.address).wait_with_output().unwrap();
        assert!(output.status.success(), "{signal}");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["usage"]["cached"], 3, "{signal}");
        assert!(names(folder.path()).contains("draft.md"), "{signal}");
        let answered = server.answered.lock().unwrap();
        let different: BTreeSet<&String> = answered.iter().collect();
        assert_eq!((answered.len(), different.len()), (9, 9), "{signal}: nothing is asked twice");
    }
}
