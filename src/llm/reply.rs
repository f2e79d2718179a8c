//! Lenient reading of answers: the parts that every server sends, whatever else it adds or leaves out.

use serde_json::Value;

use crate::drafting::{Answer, CompletionError, Finish};

/// Reads a whole answer.
pub(super) fn answer(value: &Value) -> Result<Answer, CompletionError> {
    if let Some(message) = error_message(value) {
        return Err(CompletionError::Unreadable(message));
    }
    let choice = value
        .get("choices")
        .and_then(|choices| choices.get(0))
        .ok_or_else(|| CompletionError::Unreadable("it holds no choice".to_owned()))?;
    let message = choice.get("message").unwrap_or(choice);
    let text = text_of(message.get("content").or_else(|| message.get("text")).or_else(|| choice.get("text")));
    let refusal = message.get("refusal").and_then(Value::as_str).filter(|refusal| !refusal.is_empty());
    match (text.trim().is_empty(), refusal) {
        (true, Some(refusal)) => Err(CompletionError::Unreadable(format!("the model declined: {refusal}"))),
        (true, None) => Err(CompletionError::Unreadable("it is empty".to_owned())),
        (false, _) => Ok(Answer {
            text,
            finish: finish(choice.get("finish_reason")),
            prompt_tokens: tokens(value, "prompt_tokens"),
            completion_tokens: tokens(value, "completion_tokens"),
        }),
    }
}

/// An answer that arrives in pieces.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    text: String,
    finish: Option<Finish>,
    prompt_tokens: u64,
    completion_tokens: u64,
}

impl Assembled {
    /// Takes one piece; an odd one is passed over.
    pub(super) fn take(&mut self, piece: &Value) -> Result<(), CompletionError> {
        if let Some(message) = error_message(piece) {
            return Err(CompletionError::Unreadable(message));
        }
        if let Some(choice) = piece.get("choices").and_then(|choices| choices.get(0)) {
            self.text.push_str(&text_of(choice.get("delta").and_then(|delta| delta.get("content"))));
            if choice.get("finish_reason").is_some_and(|reason| !reason.is_null()) {
                self.finish = Some(finish(choice.get("finish_reason")));
            }
        }
        self.prompt_tokens = self.prompt_tokens.max(tokens(piece, "prompt_tokens"));
        self.completion_tokens = self.completion_tokens.max(tokens(piece, "completion_tokens"));
        Ok(())
    }

    /// The whole; a stream that ended without a reason was cut.
    pub(super) fn finished(self) -> Result<Answer, CompletionError> {
        if self.text.trim().is_empty() {
            return Err(CompletionError::Unreadable("the stream held no text".to_owned()));
        }
        Ok(Answer {
            text: self.text,
            finish: self.finish.unwrap_or(Finish::Length),
            prompt_tokens: self.prompt_tokens,
            completion_tokens: self.completion_tokens,
        })
    }
}

/// A string, or the texts of a list of parts.
fn text_of(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
        }
        _ => String::new(),
    }
}

fn finish(reason: Option<&Value>) -> Finish {
    match reason.and_then(Value::as_str) {
        Some("length" | "max_tokens") => Finish::Length,
        Some("content_filter") => Finish::Filtered,
        _ => Finish::Stop,
    }
}

fn tokens(value: &Value, field: &str) -> u64 {
    value.get("usage").and_then(|usage| usage.get(field)).and_then(Value::as_u64).unwrap_or(0)
}

/// `{"error": "…"}` or `{"error": {"message": "…"}}`.
fn error_message(value: &Value) -> Option<String> {
    let error = value.get("error").filter(|error| !error.is_null())?;
    let text = error.as_str().or_else(|| error.get("message").and_then(Value::as_str));
    Some(text.map_or_else(|| error.to_string(), str::to_owned))
}

/// What a refusal says, out of JSON, HTML or plain text.
pub(super) fn refusal(body: &str) -> String {
    let parsed: Option<Value> = serde_json::from_str(body).ok();
    let text = parsed.as_ref().and_then(error_message).unwrap_or_else(|| {
        let mut inside = false;
        body.chars()
            .filter(|c| {
                match c {
                    '<' => inside = true,
                    '>' => inside = false,
                    _ => return !inside,
                }
                false
            })
            .collect()
    });
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "no reason given".to_owned() } else { line.chars().take(300).collect() }
}
