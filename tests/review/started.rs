//! A review that is running: the real binary on a draft in a folder of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The draft that the tests review.
pub const DRAFT: &str = include_str!("draft.md");

/// The server, ended when this is dropped.
pub struct Started {
    pub folder: tempfile::TempDir,
    pub url: String,
    pub port: u16,
    pub token: String,
    pub child: Child,
}

impl Started {
    /// Reviews [`DRAFT`].
    pub fn new() -> Self {
        Self::with(DRAFT)
    }

    pub fn with(draft: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("draft.md"), draft).unwrap();
        Self::on(folder)
    }

    /// Reviews the draft in a folder.
    pub fn on(folder: tempfile::TempDir) -> Self {
        let history = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/history");
        let mut child = Command::new(binary())
            .current_dir(folder.path())
            .args(["review", "draft.md", "--no-open", "--quiet", "--by", "a reviewer", "--history"])
            .arg(history)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        let (address, token) = url.split_once("/?token=").unwrap();
        let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
        Self { token: token.to_owned(), port, url: url.clone(), folder, child }
    }

    pub fn draft(&self) -> PathBuf {
        self.folder.path().join("draft.md")
    }

    pub fn text(&self) -> String {
        std::fs::read_to_string(self.draft()).unwrap()
    }

    pub fn decisions(&self) -> String {
        std::fs::read_to_string(self.folder.path().join(".unblame/decisions.jsonl")).unwrap_or_default()
    }
}

/// The program of this build, or the one that `UNBLAME_BIN` names.
fn binary() -> PathBuf {
    let named = std::env::var_os("UNBLAME_BIN").map(|path| std::path::absolute(path).unwrap());
    named.unwrap_or_else(|| env!("CARGO_BIN_EXE_unblame").into())
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended by itself, which is no failure.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
