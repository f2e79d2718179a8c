//! Drives a headless Chromium by its DevTools protocol: just what these tests need.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket, connect};

/// Milliseconds that a page gets to come to the state that a test waits for.
const PATIENCE: u32 = 30_000;

/// A browser with one page.
pub struct Browser {
    child: Child,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    session: String,
    last: u64,
    /// What the page's console said, errors of the policy included.
    pub complaints: Vec<String>,
    _profile: tempfile::TempDir,
}

/// The browser of this machine, if it has one.
fn program() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = ["chromium", "chromium-browser", "google-chrome"].into_iter();
    let places = std::env::var_os("PATH")?;
    let found = usual.flat_map(|name| std::env::split_paths(&places).map(move |place| place.join(name)));
    named.into_iter().chain(found).find(|path| path.is_file())
}

impl Browser {
    /// Starts it with a window of this width; `None`, with a word about it, when there is no Chromium.
    pub fn start(width: u32, scheme: &str) -> Option<Self> {
        let Some(program) = program() else {
            eprintln!("skipped: no Chromium on this machine; install it or set CHROMIUM to run this test");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let mut child = Command::new(program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-dev-shm-usage",
            ])
            .args(["--remote-debugging-port=0", "--remote-allow-origins=*", "about:blank"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("--window-size={width},900"))
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = told.find_map(|line| Some(line.split_once("DevTools listening on ")?.1.to_owned()));
        // Chromium stops when nobody reads what it has to say.
        std::thread::spawn(move || told.for_each(drop));
        let (socket, _) = connect(address.unwrap().trim()).unwrap();
        let mut browser = Self {
            child,
            socket,
            session: String::new(),
            last: 0,
            complaints: Vec::new(),
            _profile: profile,
        };
        let target = browser.send("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.send("Target.attachToTarget", attach);
        browser.session = session["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            browser.send(domain, json!({}));
        }
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        browser.send("Emulation.setDeviceMetricsOverride", size);
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.send("Emulation.setEmulatedMedia", features);
        Some(browser)
    }

    /// Sends a command and waits for its answer.
    fn send(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.socket.send(Message::text(message.to_string())).unwrap();
        loop {
            let answer = self.receive();
            if answer["id"] == json!(self.last) {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
        }
    }

    /// The next message; complaints of the page are set aside.
    fn receive(&mut self) -> Value {
        loop {
            let Message::Text(text) = self.socket.read().unwrap() else { continue };
            let message: Value = serde_json::from_str(&text).unwrap();
            let params = &message["params"];
            match message["method"].as_str() {
                Some("Runtime.exceptionThrown") => {
                    self.complaints.push(params["exceptionDetails"].to_string())
                }
                Some("Log.entryAdded") => self.complaints.push(params["entry"].to_string()),
                _ => {}
            }
            return message;
        }
    }

    pub fn open(&mut self, url: &str) {
        self.send("Page.navigate", json!({ "url": url }));
        self.wait("document.body && document.body.dataset.ready");
    }

    /// The value of a script; promises are awaited.
    pub fn eval(&mut self, script: &str) -> Value {
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let answer = self.send("Runtime.evaluate", params);
        assert!(answer["exceptionDetails"].is_null(), "{script}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Waits until a condition holds in the page.
    pub fn wait(&mut self, condition: &str) {
        let script = format!(
            "new Promise((done) => {{ const end = Date.now() + {PATIENCE}; const look = () => {{ let is = false; try {{ is = Boolean({condition}); }} catch {{}} if (is || Date.now() > end) done(is); else setTimeout(look, 20); }}; look(); }})"
        );
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        // A navigation ends the script that was waiting; then it is asked again on the new page.
        for _ in 0..5 {
            self.last += 1;
            let message = json!({ "id": self.last, "method": "Runtime.evaluate", "params": params, "sessionId": self.session });
            self.socket.send(Message::text(message.to_string())).unwrap();
            let answer = loop {
                let answer = self.receive();
                if answer["id"] == json!(self.last) {
                    break answer;
                }
            };
            if answer["error"].is_null() {
                assert_eq!(answer["result"]["result"]["value"], json!(true), "never came true: {condition}");
                return;
            }
        }
        panic!("the page kept navigating while waiting for {condition}");
    }

    /// A picture of the window, or of the whole page.
    pub fn shoot(&mut self, file: &std::path::Path, whole: bool) {
        let shot =
            self.send("Page.captureScreenshot", json!({ "captureBeyondViewport": whole, "format": "png" }));
        let bytes = from_base64(shot["data"].as_str().unwrap());
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }

    /// Clicks in the middle of an element, as a mouse does.
    pub fn click(&mut self, selector: &str) {
        self.wait(&format!("document.querySelector({selector:?})?.checkVisibility()"));
        let place = self.eval(&format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{ block: 'center', behavior: 'instant' }}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let params =
                json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.send("Input.dispatchMouseEvent", params);
        }
    }

    /// Presses a key; `modifiers` is 2 for Ctrl.
    pub fn press(&mut self, key: &str, modifiers: u8) {
        // Enter submits forms only when it brings its character.
        let text = match key {
            "Enter" if modifiers == 0 => Some("\r"),
            _ => (key.chars().count() == 1 && modifiers == 0).then_some(key),
        };
        let code = match key {
            "Enter" => 13,
            "Escape" => 27,
            _ => u32::from(key.to_uppercase().chars().next().unwrap_or_default()),
        };
        let mut down = json!({ "type": "rawKeyDown", "key": key, "modifiers": modifiers, "windowsVirtualKeyCode": code });
        if let Some(text) = text {
            down["type"] = json!("keyDown");
            down["text"] = json!(text);
        }
        self.send("Input.dispatchKeyEvent", down);
        self.send("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key, "modifiers": modifiers }));
    }

    /// Types into the focused field.
    pub fn type_text(&mut self, text: &str) {
        self.send("Input.insertText", json!({ "text": text }));
    }
}

/// What DevTools sends pictures as.
fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let value = |letter: u8| LETTERS.iter().position(|&known| known == letter).unwrap();
    let letters: Vec<u8> = text.bytes().filter(|&letter| letter != b'=').collect();
    let group = |four: &[u8]| {
        let bits = four.iter().fold(0, |bits, &letter| bits << 6 | value(letter)) << (6 * (4 - four.len()));
        [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8].into_iter().take(four.len() - 1)
    };
    letters.chunks(4).flat_map(group).collect()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself, which is no failure.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
