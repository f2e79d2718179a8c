//! Recognises one chat message in two collections of the same chat.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::evidence::When;
use crate::text::fold;

/// `chat:<minute of the quarter>:<hash of author and words>`. Offsets between zones are multiples of a quarter hour,
/// so the key of a local time equals that of the instant; whoever merges by it must compare the times as well.
#[must_use]
pub(crate) fn chat_key(author: &str, text: &str, when: &When) -> Option<String> {
    let minute = match when {
        When::Instant(at) => utc_minute(*at),
        When::Local(at) => at.minute(),
        When::Clock { time, .. } => time.minute(),
    } % 15;
    let words = normal(text);
    if words.is_empty() {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(normal(author).as_bytes()).update(b"\n").update(words.as_bytes());
    let hash = hasher.finalize().to_hex();
    Some(format!("chat:{minute:02}:{}", &hash.as_str()[..16]))
}

fn utc_minute(at: Timestamp) -> i8 {
    Offset::UTC.to_datetime(at).minute()
}

/// Letters and digits alone: copying changes white space, escapes, emoji and `(edited)`.
fn normal(text: &str) -> String {
    let text = text.replace("(edited)", " ");
    if text.is_ascii() {
        return text
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase() as char)
            .collect();
    }
    fold(&text).chars().filter(|c| c.is_alphanumeric()).collect()
}
