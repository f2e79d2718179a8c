//! What a server understands: learned from its refusals, so that one request suits them all.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering};

use serde_json::{Map, Value, json};

use super::Endpoint;
use crate::drafting::{Request, Schema};

/// How far a server follows a JSON schema.
const SCHEMA: u8 = 0;
const JSON_OBJECT: u8 = 1;
const PLAIN: u8 = 2;

/// Parts of a request that servers differ in.
#[derive(Debug)]
pub(super) struct Profile {
    format: AtomicU8,
    /// `max_completion_tokens` in place of `max_tokens`.
    new_limit: AtomicBool,
    temperature: AtomicBool,
    /// Most tokens that an answer may have here.
    most: AtomicU32,
}

impl Profile {
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        Self {
            format: AtomicU8::new(SCHEMA),
            new_limit: AtomicBool::new(endpoint.is_openai()),
            temperature: AtomicBool::new(true),
            most: AtomicU32::new(u32::MAX),
        }
    }

    /// The body of a request in this server's dialect.
    pub(super) fn body(&self, endpoint: &Endpoint, request: &Request) -> Value {
        let mut body = Map::new();
        body.insert("model".into(), json!(endpoint.model));
        body.insert("messages".into(), json!(request.messages));
        let limit =
            if self.new_limit.load(Ordering::Relaxed) { "max_completion_tokens" } else { "max_tokens" };
        body.insert(limit.into(), json!(request.max_tokens.min(self.most.load(Ordering::Relaxed))));
        if self.temperature.load(Ordering::Relaxed) {
            body.insert("temperature".into(), json!(0));
        }
        if let Some(Schema { name, schema }) = &request.schema {
            match self.format.load(Ordering::Relaxed) {
                SCHEMA => {
                    body.insert("response_format".into(), json!({"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": true}}));
                }
                JSON_OBJECT => {
                    body.insert("response_format".into(), json!({"type": "json_object"}));
                }
                _ => {}
            }
        }
        if endpoint.stream {
            body.insert("stream".into(), json!(true));
            body.insert("stream_options".into(), json!({"include_usage": true}));
        }
        Value::Object(body)
    }

    /// Learns from a refusal; whether asking again in another way makes sense.
    pub(super) fn learn(&self, status: u16, message: &str) -> bool {
        if !matches!(status, 400 | 404 | 422) {
            return false;
        }
        let lower = message.to_lowercase();
        if let Some(most) = supported(&lower)
            && self.most.fetch_min(most, Ordering::Relaxed) > most
        {
            return true;
        }
        if lower.contains("max_completion_tokens") || lower.contains("max_tokens") {
            self.new_limit.fetch_xor(true, Ordering::Relaxed);
            return true;
        }
        if lower.contains("temperature") {
            return self.temperature.swap(false, Ordering::Relaxed);
        }
        let format = ["response_format", "json_schema", "schema", "json_object", "grammar", "strict"]
            .iter()
            .any(|word| lower.contains(word));
        let now = self.format.load(Ordering::Relaxed);
        if format && now < PLAIN {
            self.format.store(now + 1, Ordering::Relaxed);
            return true;
        }
        false
    }
}

/// "max_tokens is too large: 32000. This model supports at most 16384 completion tokens": the limit that it names.
fn supported(message: &str) -> Option<u32> {
    const LIMITS: [&str; 5] =
        ["at most ", "maximum of ", "less than or equal to ", "cannot exceed ", "must be <= "];
    if !message.contains("token") {
        return None;
    }
    let (_, after) = LIMITS.iter().find_map(|phrase| message.split_once(phrase))?;
    let digits: String =
        after.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|most| *most >= 256)
}
