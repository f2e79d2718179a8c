//! Closes what a cut-off JSON text left open, so that everything complete before the cut can be used.

use serde_json::Value;

/// Parses text that may hold raw control characters inside strings, which some tools write.
///
/// # Errors
/// The parser's own error when the text is no JSON even so.
pub(crate) fn parse_lenient(raw: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(raw).or_else(|error| {
        let text = String::from_utf8_lossy(raw);
        serde_json::from_str(&escape_control_characters(&text)).map_err(|_| error)
    })
}

/// The value that a cut-off text holds up to its last complete member or element; `None` when there is none.
#[must_use]
pub(crate) fn repair(raw: &[u8]) -> Option<Value> {
    let mut open: Vec<u8> = Vec::new();
    let mut cut: Option<(usize, Vec<u8>)> = None;
    let (mut in_string, mut escaped) = (false, false);
    for (at, &byte) in raw.iter().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                if open.pop() != Some(byte) {
                    break;
                }
                remember(&mut cut, at + 1, &open);
            }
            b',' if !open.is_empty() => remember(&mut cut, at, &open),
            _ => {}
        }
    }
    let (end, open) = cut?;
    let mut closed = raw[..end].to_vec();
    closed.extend(open.iter().rev());
    parse_lenient(&closed).ok()
}

fn remember(cut: &mut Option<(usize, Vec<u8>)>, end: usize, open: &[u8]) {
    let (position, stack) = cut.get_or_insert_with(|| (0, Vec::new()));
    *position = end;
    stack.clear();
    stack.extend_from_slice(open);
}

fn escape_control_characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut in_string, mut escaped) = (false, false);
    for c in text.chars() {
        if in_string && c < ' ' {
            match c {
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                _ => out.push(' '),
            }
            escaped = false;
            continue;
        }
        if in_string {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
        } else if c == '"' {
            in_string = true;
        }
        out.push(c);
    }
    out
}
