//! What tools put around what was collected: HTTP headers above it, members of a request log or of a search hit that
//! hold it, pages gathered in one array, YAML instead of JSON. It is taken off before a source reads.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use serde_json::Value;

use super::head::Head;
use super::intake::detect_surely;
use super::json::{parse_lenient, repair};
use super::{Confidence, Source, rows, yaml};

/// The longest wrapped document that is held; lines are unwrapped one by one.
const LONGEST: u64 = 256 << 20;
/// How deep a payload is looked for.
const DEEPEST: usize = 5;
/// How many places are looked at.
const MOST_PLACES: usize = 80;

/// One step towards the payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Member(String),
    /// Every element of an array.
    Each,
}

/// How to come from the bytes of a file to what a source reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrapping {
    /// Bytes of headers above the content.
    pub(super) skip: usize,
    pub(super) yaml: bool,
    /// Rows of a table whose columns are named like the members of a tool's API.
    pub(super) rows: bool,
    pub(super) path: Vec<Step>,
}

impl Wrapping {
    /// A reader of the payload alone. Lines stay lines.
    ///
    /// # Errors
    /// What the input reports; a single wrapped document of more than 256 MB.
    pub(super) fn open<'a>(
        &self,
        mut input: Box<dyn BufRead + 'a>,
        json_lines: bool,
    ) -> io::Result<Box<dyn BufRead + 'a>> {
        io::copy(&mut input.by_ref().take(self.skip as u64), &mut io::sink())?;
        if !self.yaml && !self.rows && self.path.is_empty() {
            return Ok(input);
        }
        if json_lines && !self.yaml && !self.rows {
            let lines =
                Unwrapped { input, path: self.path.clone(), line: Vec::new(), ready: Vec::new(), at: 0 };
            return Ok(Box::new(BufReader::new(lines)));
        }
        let mut text = String::new();
        let mut bytes = Vec::new();
        input.take(LONGEST).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == LONGEST {
            return Err(io::Error::other(
                "a wrapped document of more than 256 MB; take the payload out of it",
            ));
        }
        let documents = if self.rows {
            rows::objects(&String::from_utf8_lossy(&bytes), usize::MAX)
        } else if self.yaml {
            yaml::documents(&String::from_utf8_lossy(&bytes)).map_err(io::Error::other)?
        } else {
            documents(&bytes)
        };
        if self.rows {
            // The header is the first line.
            text.push('\n');
        }
        for document in &documents {
            for payload in payloads(document, &self.path) {
                text.push_str(&payload.to_string());
                text.push('\n');
            }
        }
        Ok(Box::new(Cursor::new(text.into_bytes())))
    }
}

/// Documents written one after another; the last may be cut off.
fn documents(bytes: &[u8]) -> Vec<Value> {
    let start = bytes.iter().position(|byte| matches!(byte, b'{' | b'[')).unwrap_or(bytes.len());
    let bytes = &bytes[start..];
    let mut found = Vec::new();
    let mut stream = serde_json::Deserializer::from_slice(bytes).into_iter::<Value>();
    loop {
        let offset = stream.byte_offset();
        match stream.next() {
            Some(Ok(value)) => found.push(value),
            Some(Err(_)) => {
                let rest = &bytes[offset.min(bytes.len())..];
                found.extend(parse_lenient(rest).ok().or_else(|| repair(rest)));
                return found;
            }
            None => return found,
        }
    }
}

/// What lies at the path; text that is JSON is parsed.
fn payloads(document: &Value, path: &[Step]) -> Vec<Value> {
    let mut found = vec![document.clone()];
    for step in path {
        found = found.into_iter().flat_map(|value| inside(value, step)).collect();
    }
    found
}

fn inside(value: Value, step: &Step) -> Vec<Value> {
    match (value, step) {
        (Value::Object(mut members), Step::Member(name)) => {
            members.shift_remove(name).and_then(structured).into_iter().collect()
        }
        (Value::Array(items), Step::Each) => items.into_iter().filter_map(structured).collect(),
        _ => Vec::new(),
    }
}

/// Objects and arrays, also those written as text.
fn structured(value: Value) -> Option<Value> {
    match value {
        Value::Object(_) | Value::Array(_) => Some(value),
        Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
            serde_json::from_str(&text).ok().filter(|inner: &Value| inner.is_object() || inner.is_array())
        }
        _ => None,
    }
}

/// Looks for a payload that a format is sure of, nearest first.
pub(super) fn find(head: &Head) -> Option<(Vec<Step>, &'static dyn Source)> {
    let (mut weak, mut rough) = (None, None);
    let mut open: VecDeque<(Vec<Step>, Vec<Value>)> = VecDeque::from([(Vec::new(), head.documents.clone())]);
    let mut places = 0;
    while let Some((path, values)) = open.pop_front() {
        if !path.is_empty() {
            places += 1;
            let inner = Head { documents: values.clone(), text: String::new(), ..head.clone() };
            match detect_surely(&inner) {
                // Objects with a time that no format knows: a list of them, near the top.
                Some((Confidence::Fallback, source))
                    if rough.is_none()
                        && path.len() <= 2
                        && values.first().and_then(Value::as_array).is_some_and(|items| items.len() > 1) =>
                {
                    rough = Some((path.clone(), source));
                }
                Some((Confidence::None | Confidence::Fallback, _)) | None => {}
                Some((Confidence::Weak, source)) if weak.is_none() && path.len() <= 2 => {
                    weak = Some((path.clone(), source));
                }
                Some((Confidence::Weak, _)) => {}
                Some((_, source)) => return Some((path, source)),
            }
        }
        if path.len() == DEEPEST || places > MOST_PLACES {
            continue;
        }
        let mut steps: Vec<Step> = Vec::new();
        for value in &values {
            let more: Vec<Step> = match value {
                Value::Object(members) => members
                    .iter()
                    .filter(|(_, inner)| structured((*inner).clone()).is_some())
                    .map(|(name, _)| Step::Member(name.clone()))
                    .collect(),
                Value::Array(_) => vec![Step::Each],
                _ => Vec::new(),
            };
            steps.extend(more.into_iter().filter(|step| !steps.contains(step)).collect::<Vec<_>>());
        }
        for step in steps.into_iter().take(24) {
            let next: Vec<Value> =
                values.iter().flat_map(|value| inside(value.clone(), &step)).take(40).collect();
            if !next.is_empty() {
                open.push_back(([path.clone(), vec![step]].concat(), next));
            }
        }
    }
    weak.or(rough)
}

/// Length of the answer headers that `curl -i` prints above the content, of every redirect.
#[must_use]
pub(super) fn headers(text: &str) -> usize {
    let mut skip = 0;
    while text[skip..].starts_with("HTTP/") {
        let rest = &text[skip..];
        let end = ["\r\n\r\n", "\n\n"].iter().filter_map(|mark| Some(rest.find(mark)? + mark.len())).min();
        match end {
            Some(end) => skip += end,
            None => break,
        }
    }
    skip
}

/// Lines with what is around their payloads taken off; a line that holds none stays as it is.
struct Unwrapped<'a> {
    input: Box<dyn BufRead + 'a>,
    path: Vec<Step>,
    line: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
}

impl Read for Unwrapped<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.at == self.ready.len() {
            self.line.clear();
            self.at = 0;
            self.input.by_ref().take(LONGEST).read_until(b'\n', &mut self.line)?;
            let found = serde_json::from_slice::<Value>(&self.line).map(|value| payloads(&value, &self.path));
            self.ready = match found.as_deref() {
                Ok([one]) => one.to_string().into_bytes(),
                Ok([_, _, ..]) => Value::Array(found.unwrap_or_default()).to_string().into_bytes(),
                _ => std::mem::take(&mut self.line),
            };
            if !self.line.is_empty() {
                self.ready.push(b'\n');
            }
        }
        let length = target.len().min(self.ready.len() - self.at);
        target[..length].copy_from_slice(&self.ready[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::headers;

    #[test]
    fn headers_of_every_answer_are_skipped() {
        let text =
            "HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\nHTTP/2 200 \r\ndate: today\r\n\r\n{\"ok\":true}";
        assert_eq!(&text[headers(text)..], "{\"ok\":true}");
        assert_eq!(headers("{\"ok\":true}"), 0);
        assert_eq!(headers("HTTP/1.1 200 OK\nno end"), 0);
    }
}
