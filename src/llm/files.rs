//! A model reached by files: requests are written, answers are read, nothing is connected.
//!
//! For machines without a network and for assistants that have none of the usual interfaces: somebody carries
//! `<nn>.prompt.json` to the model and brings its answer back as `<nn>.reply.json`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::drafting::{Answer, Completion, CompletionError, Finish, Pending, Request};

/// A folder that requests and answers are exchanged through.
#[derive(Debug)]
pub struct FileExchange {
    folder: PathBuf,
    model: String,
    /// Numbers are given one at a time.
    numbering: std::sync::Mutex<()>,
}

impl FileExchange {
    #[must_use]
    pub fn new(model: impl Into<String>, folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), model: model.into(), numbering: std::sync::Mutex::default() }
    }

    /// The answer to a request that was brought back; else the request is written for somebody to carry.
    fn exchange(&self, request: &Request) -> Result<Answer, CompletionError> {
        let _one = self.numbering.lock();
        let id = request.id();
        let failed = |reason: std::io::Error, path: &Path| CompletionError::Unreachable {
            endpoint: path.display().to_string(),
            reason: reason.to_string(),
        };
        std::fs::create_dir_all(&self.folder).map_err(|error| failed(error, &self.folder))?;
        let mut number = 1;
        loop {
            let prompt = self.folder.join(format!("{number:02}.prompt.json"));
            let Ok(written) = std::fs::read_to_string(&prompt) else {
                let text = serde_json::to_string_pretty(&with_id(&id, request)).unwrap_or_default() + "\n";
                std::fs::write(&prompt, text).map_err(|error| failed(error, &prompt))?;
                return Err(unanswered(&prompt));
            };
            let same =
                serde_json::from_str::<Value>(&written).is_ok_and(|prompt| prompt["id"] == id.as_str());
            if same {
                let reply = self.folder.join(format!("{number:02}.reply.json"));
                let text = std::fs::read_to_string(&reply).map_err(|_| unanswered(&prompt))?;
                return Ok(Answer { text, finish: Finish::Stop, prompt_tokens: 0, completion_tokens: 0 });
            }
            number += 1;
        }
    }
}

/// A request as a file holds it.
fn with_id(id: &str, request: &Request) -> Value {
    let mut value = json!(request);
    value["id"] = id.into();
    value
}

fn unanswered(prompt: &Path) -> CompletionError {
    let name = prompt.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    CompletionError::Unanswered { reply: name.replace(".prompt.", ".reply."), prompt: name }
}

impl Completion for FileExchange {
    fn model(&self) -> &str {
        &self.model
    }

    fn complete<'a>(&'a self, request: &'a Request) -> Pending<'a> {
        Box::pin(async move { self.exchange(request) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::{Message, Speaker};
    use crate::redact::Redactor;

    #[tokio::test]
    async fn requests_go_out_as_files_and_answers_come_back_as_files() {
        let folder = tempfile::tempdir().unwrap();
        let model = FileExchange::new("somebody", folder.path());
        let request = |words: &str| Request {
            purpose: "test".into(),
            messages: vec![Message { role: Speaker::User, content: Redactor::default().redact(words) }],
            schema: None,
            max_tokens: 10,
        };
        for _ in 0..2 {
            let error = model.complete(&request("one")).await.unwrap_err();
            assert!(error.to_string().contains("01.reply.json"), "{error}");
        }
        assert!(model.complete(&request("two")).await.unwrap_err().to_string().contains("02.reply.json"));
        std::fs::write(folder.path().join("01.reply.json"), "fine").unwrap();
        assert_eq!(model.complete(&request("one")).await.unwrap().text, "fine");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
