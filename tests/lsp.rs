//! A scripted client: open, change, hover, actions, shut down.
#![allow(clippy::unwrap_used, reason = "a test")]

use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};
use unblame::lint::{Config, Linter};

struct Client {
    connection: Connection,
    next: i32,
}

impl Client {
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        self.connection
            .sender
            .send(Message::Request(Request::new(self.next.into(), method.to_owned(), params)))
            .unwrap();
        loop {
            if let Message::Response(response) = self.connection.receiver.recv().unwrap() {
                let whole = serde_json::to_value(response).unwrap();
                assert!(whole.get("error").is_none(), "{whole}");
                return whole["result"].clone();
            }
        }
    }

    fn tell(&self, method: &str, params: Value) {
        self.connection
            .sender
            .send(Message::Notification(Notification::new(method.to_owned(), params)))
            .unwrap();
    }

    fn diagnostics(&self) -> Vec<Value> {
        loop {
            if let Message::Notification(notification) = self.connection.receiver.recv().unwrap() {
                assert_eq!(notification.method, "textDocument/publishDiagnostics");
                return notification.params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }
}

fn session(capabilities: Value, script: impl FnOnce(&mut Client, &Value)) {
    let (server, client) = Connection::memory();
    let thread = std::thread::spawn(move || {
        let settle = |_: Option<&std::path::Path>| Ok(Linter::new(Config::default()));
        unblame::lsp::serve(&server, &settle).map_err(|error| error.to_string())
    });
    let mut client = Client { connection: client, next: 0 };
    let answer = client.ask("initialize", json!({"capabilities": capabilities}));
    client.tell("initialized", json!({}));
    script(&mut client, &answer);
    client.ask("shutdown", Value::Null);
    client.tell("exit", Value::Null);
    assert_eq!(thread.join().unwrap(), Ok(unblame::lsp::Farewell::Orderly));
}

const URI: &str = "file:///incident.md";

#[test]
fn a_client_sees_findings_reasons_and_actions() {
    session(json!({"general": {"positionEncodings": ["utf-8", "utf-16"]}}), |client, answer| {
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
        let text = "## Root cause\n\nReason: manual error.\n";
        client.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": URI, "languageId": "markdown", "version": 1, "text": text}}),
        );
        let found = client.diagnostics();
        let label = found.iter().find(|one| one["code"] == "BLM009").unwrap();
        assert_eq!(label["range"]["start"], json!({"line": 2, "character": 8}));
        let hover = client.ask(
            "textDocument/hover",
            json!({"textDocument": {"uri": URI}, "position": {"line": 2, "character": 10}}),
        );
        assert!(hover["contents"]["value"].as_str().unwrap().contains("Ask instead"));
        let actions = client.ask(
            "textDocument/codeAction",
            json!({"textDocument": {"uri": URI}, "range": label["range"], "context": {"diagnostics": []}}),
        );
        let allow = actions
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["title"].as_str().unwrap().starts_with("Allow BLM009"))
            .unwrap();
        let edit = allow["edit"]["changes"][URI][0]["newText"].as_str().unwrap();
        let silenced = text.replace("error.\n", &format!("error.{edit}\n"));
        client.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": silenced}]}),
        );
        assert!(client.diagnostics().iter().all(|one| one["code"] != "BLM009"));
        client.tell("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
        assert!(client.diagnostics().is_empty());
    });
}

#[test]
fn utf16_clients_get_utf16_columns_and_fixes_fit() {
    session(json!({}), |client, answer| {
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        let key = ["AKIA", "EXAMPLEEXAMPLE00"].concat();
        let text = format!("🙂 the job used {key} here\n");
        client.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": URI, "languageId": "markdown", "version": 1, "text": text}}),
        );
        let found = client.diagnostics();
        let secret = found.iter().find(|one| one["code"] == "SEC001").unwrap();
        assert_eq!(secret["range"]["start"], json!({"line": 0, "character": 16}));
        let actions = client.ask(
            "textDocument/codeAction",
            json!({"textDocument": {"uri": URI}, "range": secret["range"], "context": {"diagnostics": []}}),
        );
        assert_eq!(actions[0]["edit"]["changes"][URI][0]["newText"], "AKIA****");
    });
}
