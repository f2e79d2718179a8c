//! The built server over its real pipes: framing, encodings, edits, settings, goodbyes.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that prints its measurement")]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

struct Session {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    next: i64,
}

impl Session {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unblame"))
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let to = child.stdin.take();
        let from = BufReader::new(child.stdout.take().unwrap());
        Self { child, to, from, next: 0 }
    }

    fn initialized(folder: &Path, encodings: &[&str]) -> (Self, Value) {
        let mut session = Self::start(folder);
        let root = format!("file://{}", folder.display());
        let answer = session.ask(
            "initialize",
            json!({"processId": null, "rootUri": root, "capabilities": {"general": {"positionEncodings": encodings}}}),
        );
        session.tell("initialized", json!({}));
        (session, answer)
    }

    fn raw(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().unwrap();
        to.write_all(bytes).unwrap();
        to.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.receive().unwrap();
            if message["id"] == id {
                assert!(message.get("error").is_none(), "{message}");
                return message["result"].clone();
            }
        }
    }

    /// The next message; `None` at the end of the pipe.
    fn receive(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.from.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).unwrap();
        Some(serde_json::from_slice(&body).unwrap())
    }

    fn notification(&mut self, method: &str) -> Value {
        loop {
            let message = self.receive().unwrap();
            if message["method"] == method {
                return message["params"].clone();
            }
        }
    }

    fn diagnostics(&mut self) -> Vec<Value> {
        self.notification("textDocument/publishDiagnostics")["diagnostics"].as_array().unwrap().clone()
    }

    fn open(&mut self, text: &str) -> Vec<Value> {
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": URI, "languageId": "markdown", "version": 1, "text": text}}),
        );
        self.diagnostics()
    }

    fn change(&mut self, version: i64, changes: Value) {
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": URI, "version": version}, "contentChanges": changes}),
        );
    }

    /// Closes the pipe and tells how the server ended and what it said.
    fn end(mut self) -> (Option<i32>, String) {
        drop(self.to.take());
        let mut rest = Vec::new();
        self.from.read_to_end(&mut rest).unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

const URI: &str = "file:///postmortems/incident.md";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap(); // the search for settings ends here
    folder
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn a_whole_session_in_odd_pieces() {
    let folder = folder();
    let (mut session, answer) = Session::initialized(folder.path(), &["utf-8", "utf-16"]);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    assert_eq!(answer["capabilities"]["textDocumentSync"]["change"], 2);
    // one message in many writes, with a second header and the next message glued to it
    let open = json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
        {"uri": URI, "languageId": "markdown", "version": 1, "text": "## Root cause\r\n\r\n🙂 é Reason: manual error.\r\n"}}})
    .to_string();
    let unknown = json!({"jsonrpc": "2.0", "method": "$/unheard", "params": {}}).to_string();
    let bytes = format!(
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {}\r\n\r\n{open}Content-Length: {}\r\n\r\n{unknown}",
        open.len(),
        unknown.len()
    );
    for piece in bytes.as_bytes().chunks(7) {
        session.raw(piece);
    }
    let found = session.diagnostics();
    let label = found.iter().find(|one| one["code"] == "BLM009").unwrap();
    assert_eq!(label["range"]["start"], json!({"line": 2, "character": 16}));
    let hover = session.ask(
        "textDocument/hover",
        json!({"textDocument": {"uri": URI}, "position": {"line": 2, "character": 18}}),
    );
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Ask instead"));
    let actions = session.ask(
        "textDocument/codeAction",
        json!({"textDocument": {"uri": URI}, "range": label["range"], "context": {"diagnostics": []}}),
    );
    let titles: Vec<&str> =
        actions.as_array().unwrap().iter().filter_map(|one| one["title"].as_str()).collect();
    assert!(titles.iter().any(|title| title.starts_with("Allow BLM009 here, with a reason")), "{titles:?}");
    assert!(titles.iter().any(|title| title.starts_with("Ask instead: ")), "{titles:?}");
    // the edit lands before the carriage return
    let edit = &actions[0]["edit"]["changes"][URI][0];
    assert_eq!(edit["range"]["start"], json!({"line": 2, "character": 29}));
    // a malformed notification is logged and changes nothing
    session.tell("textDocument/didChange", json!({"textDocument": 7}));
    assert!(session.notification("window/logMessage")["message"].as_str().unwrap().contains("didChange"));
    // two edits in one message, the second in terms of the first
    session.change(
        2,
        json!([
            {"range": {"start": {"line": 2, "character": 7}, "end": {"line": 2, "character": 29}}, "text": "ok"},
            {"range": {"start": {"line": 2, "character": 7}, "end": {"line": 2, "character": 9}}, "text": "The form reads commas as thousands"}
        ]),
    );
    assert!(!codes(&session.diagnostics()).contains(&"BLM009"));
    session.change(3, json!([{"text": "## Root cause\n\nReason: manual error.\n"}]));
    assert!(codes(&session.diagnostics()).contains(&"BLM009"));
    assert_eq!(session.ask("shutdown", Value::Null), Value::Null);
    session.tell("exit", Value::Null);
    assert_eq!(session.end(), (Some(0), String::new()));
}

#[test]
fn clients_without_a_wish_get_utf16_and_fixes_that_fit() {
    let folder = folder();
    let (mut session, answer) = Session::initialized(folder.path(), &["utf-16"]);
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    let key = ["AKIA", "EXAMPLEEXAMPLE00"].concat();
    let found = session.open(&format!("🙂 the job used {key} here\n"));
    let secret = found.iter().find(|one| one["code"] == "SEC001").unwrap();
    assert_eq!(
        secret["range"],
        json!({"start": {"line": 0, "character": 16}, "end": {"line": 0, "character": 36}})
    );
    let actions = session.ask(
        "textDocument/codeAction",
        json!({"textDocument": {"uri": URI}, "range": secret["range"], "context": {"diagnostics": []}}),
    );
    let edit = actions[0]["edit"]["changes"][URI][0].clone();
    assert_eq!((&edit["newText"], actions[0]["isPreferred"].as_bool()), (&json!("AKIA****"), Some(true)));
    // the client applies it as an incremental change
    session.change(2, json!([{"range": edit["range"], "text": edit["newText"]}]));
    assert!(!codes(&session.diagnostics()).contains(&"SEC001"));
    session.ask("shutdown", Value::Null);
    session.tell("exit", Value::Null);
    assert_eq!(session.end().0, Some(0));
}

#[test]
fn settings_of_the_workspace_count_and_are_read_again_when_saved() {
    let folder = folder();
    let settings = folder.path().join("unblame.toml");
    std::fs::write(&settings, "[lint.rules]\nBLM009 = \"off\"\n").unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut session = Session::start(elsewhere.path());
    let root = format!("file://{}", folder.path().display());
    session.ask(
        "initialize",
        json!({"capabilities": {}, "workspaceFolders": [{"uri": root, "name": "reports"}]}),
    );
    session.tell("initialized", json!({}));
    assert!(!codes(&session.open("## Root cause\n\nReason: manual error.\n")).contains(&"BLM009"));
    let saved = json!({"textDocument": {"uri": format!("{root}/unblame.toml")}});
    std::fs::write(&settings, "[lint.rules]\nBLM0099 = \"off\"\n").unwrap();
    session.tell("textDocument/didSave", saved.clone());
    let complaint = session.notification("window/showMessage")["message"].as_str().unwrap().to_owned();
    assert!(complaint.contains(":2:") && complaint.contains("BLM0099"), "{complaint}");
    std::fs::write(&settings, "[lint.rules]\nBLM009 = \"info\"\n").unwrap();
    session.tell("textDocument/didSave", saved);
    let found = session.diagnostics();
    assert_eq!(found.iter().find(|one| one["code"] == "BLM009").unwrap()["severity"], 3);
    session.ask("shutdown", Value::Null);
    session.tell("exit", Value::Null);
    assert_eq!(session.end().0, Some(0));
}

#[test]
fn a_client_that_just_leaves_is_told_by_the_exit_code() {
    let folder = folder();
    let (session, _) = Session::initialized(folder.path(), &[]);
    assert_eq!(session.end().0, Some(1), "end of the pipe without exit");
    let (mut session, _) = Session::initialized(folder.path(), &[]);
    session.tell("exit", Value::Null);
    assert_eq!(session.end().0, Some(1), "exit without shutdown");
    let (mut session, _) = Session::initialized(folder.path(), &[]);
    session.ask("shutdown", Value::Null);
    assert_eq!(session.end().0, Some(0), "end of the pipe after shutdown");
    assert_eq!(Session::start(folder.path()).end().0, Some(1), "not a word");
}

#[test]
fn noise_instead_of_a_header_ends_the_server_with_a_reason() {
    let folder = folder();
    let (mut session, _) = Session::initialized(folder.path(), &[]);
    session.raw(b"GET / HTTP/1.1\r\nHost: nowhere\r\n\r\n");
    let (code, said) = session.end();
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("the editor broke the protocol"), "{said}");
}

/// 95 of 100 keystrokes in a document of 3,000 words have their diagnostics within 30 ms.
#[test]
#[ignore = "measures time: run it with --release on a quiet machine"]
fn keystrokes_are_fast() {
    let mut text = String::from("# Shop down\n\n");
    let mut files: Vec<_> =
        std::fs::read_dir("evals/blame/documents").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    for path in files {
        text.push_str(std::fs::read_to_string(path).unwrap().trim_start_matches("---\n"));
        if text.split_whitespace().count() >= 3000 {
            break;
        }
    }
    let folder = folder();
    let (mut session, _) = Session::initialized(folder.path(), &["utf-8"]);
    session.open(&text);
    let line = text.lines().count() / 2;
    let mut times: Vec<Duration> = (0..500)
        .map(|stroke| {
            let place = json!({"line": line, "character": 0});
            let start = Instant::now();
            let typed = ["x", "y", " "][stroke % 3];
            session.change(
                2 + i64::try_from(stroke).unwrap(),
                json!([{"range": {"start": place, "end": place}, "text": typed}]),
            );
            session.diagnostics();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "{} words, 500 keystrokes: p50 {:?} p95 {:?} max {:?}",
        text.split_whitespace().count(),
        times[250],
        times[475],
        times[499]
    );
    assert!(times[475] < Duration::from_millis(30));
    session.ask("shutdown", Value::Null);
    session.tell("exit", Value::Null);
    assert_eq!(session.end().0, Some(0));
}
