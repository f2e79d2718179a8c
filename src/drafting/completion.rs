//! The port to a model: what a request is, what an answer is, how it can go wrong.

use std::future::Future;
use std::pin::Pin;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::redact::Redacted;

/// Who says a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    System,
    User,
    Assistant,
}

/// One message; only redacted text can become one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub role: Speaker,
    #[serde(serialize_with = "as_text")]
    pub content: Redacted,
}

fn as_text<S: Serializer>(text: &Redacted, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text.as_str())
}

/// The shape that an answer must have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Schema {
    pub name: String,
    /// JSON schema, 2020-12.
    pub schema: Value,
}

/// One request as it would be sent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Request {
    /// What it is for: a section's heading, `map 3`, …
    pub purpose: String,
    pub messages: Vec<Message>,
    pub schema: Option<Schema>,
    /// Most tokens that the answer may have.
    pub max_tokens: u32,
}

impl Request {
    /// Hash of everything that the answer depends on but the model: equal questions have equal ids.
    #[must_use]
    pub fn id(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut put = |part: &str| {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        };
        put(&self.max_tokens.to_string());
        for Message { role, content } in &self.messages {
            put(&format!("{role:?}"));
            put(content.as_str());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    Stop,
    /// Cut at the token limit.
    Length,
    /// Withheld by a filter of the provider.
    Filtered,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub text: String,
    pub finish: Finish,
    /// As counted by the provider; 0 when it does not say.
    pub prompt_tokens: u64,
    pub completion_tokens: u64,
}

/// Why nothing usable came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompletionError {
    #[error("the model at {endpoint} cannot be reached: {reason}")]
    Unreachable { endpoint: String, reason: String },
    #[error("the model did not answer within {seconds} s")]
    TimedOut { seconds: u64 },
    #[error("the model refused the request with status {status}: {message}")]
    Refused { status: u16, message: String },
    #[error("nobody has answered {prompt} yet; put the answer beside it as {reply} and run again")]
    Unanswered { prompt: String, reply: String },
    #[error("the model's answer cannot be read: {0}")]
    Unreadable(String),
}

impl CompletionError {
    /// Whether the server had the request and took too long over it: what it read is paid for, and asking again may help.
    #[must_use]
    pub fn lost_answer(&self) -> bool {
        matches!(self, Self::TimedOut { .. } | Self::Refused { status: 408 | 504 | 524, .. })
    }
}

/// A pending answer.
pub type Pending<'a> = Pin<Box<dyn Future<Output = Result<Answer, CompletionError>> + Send + 'a>>;

/// A model behind any provider.
pub trait Completion: Send + Sync {
    /// How often a request whose answer was lost may be sent again.
    fn repeats(&self) -> u32 {
        0
    }

    /// Name of the model, for the front matter and the cache.
    fn model(&self) -> &str;

    /// Sends one request. What a server turned away unread the implementation tries again by itself; a request that was
    /// read and whose answer was lost may have cost something, so it comes back as an error.
    fn complete<'a>(&'a self, request: &'a Request) -> Pending<'a>;
}

/// Answers kept by content, so that an interrupted run does not pay twice.
pub trait AnswerCache: Send + Sync {
    fn get(&self, key: &str) -> Option<String>;

    /// Keeps an answer; a cache that cannot write loses it silently.
    fn put(&self, key: &str, answer: &str);
}
