//! The beginning of a file, decoded and parsed as far as it goes, for the sources to recognise.

use serde_json::Value;

use super::json::repair;

/// How many bytes of a file are looked at.
pub(crate) const HEAD_BYTES: usize = 256 << 10;
/// How many items of a JSON file a source is shown.
const SAMPLES: usize = 40;

/// The beginning of a file.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Path as shown to people, members of a zip as `archive.zip/member`.
    pub path: String,
    /// Decoded text.
    pub text: String,
    /// Top-level JSON values; the last may be cut off and closed again.
    pub documents: Vec<Value>,
    /// Whether every line is a JSON value of its own.
    pub json_lines: bool,
}

impl Head {
    #[must_use]
    pub fn new(path: &str, text: String) -> Self {
        let json_lines = has_json_lines(&text);
        let documents = if json_lines { line_documents(&text) } else { documents(&text) };
        Self { path: path.to_owned(), text, documents, json_lines }
    }

    /// The last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The first items for which `known` holds, in pages gathered in an array too.
    pub(crate) fn samples_where<'a>(
        &'a self,
        arrays: &[&str],
        known: impl Fn(&Value) -> bool,
    ) -> Vec<&'a Value> {
        let mut found = Vec::new();
        for sample in self.samples(arrays) {
            let before = found.len();
            if !known(sample) {
                gather(sample, arrays, true, &mut found);
            }
            if found.len() == before {
                found.push(sample);
            }
        }
        found
    }

    #[must_use]
    pub fn is_json(&self) -> bool {
        !self.documents.is_empty()
    }

    /// The first items: documents, elements of top-level arrays and of the arrays named.
    #[must_use]
    pub fn samples(&self, arrays: &[&str]) -> Vec<&Value> {
        let mut samples = Vec::new();
        for document in &self.documents {
            gather(document, arrays, true, &mut samples);
        }
        samples
    }

    /// Lines that say something, in order.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty())
    }
}

fn gather<'a>(value: &'a Value, arrays: &[&str], top: bool, samples: &mut Vec<&'a Value>) {
    if samples.len() >= SAMPLES {
        return;
    }
    match value {
        Value::Array(items) => {
            items.iter().take(SAMPLES).for_each(|item| gather(item, arrays, false, samples))
        }
        Value::Object(members) => {
            let inner = members.iter().filter(|(key, inner)| {
                top && arrays.contains(&key.as_str()) && (inner.is_array() || inner.is_object())
            });
            let before = samples.len();
            let mut found = false;
            for (_, inner) in inner {
                found |= inner.is_array();
                gather(inner, arrays, true, samples);
            }
            if samples.len() == before && !found {
                samples.push(value);
            }
        }
        _ => {}
    }
}

fn has_json_lines(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_object = |line: &str| line.starts_with('{') && serde_json::from_str::<Value>(line).is_ok();
    let first: Vec<&str> = lines.by_ref().take(6).collect();
    first.len() > 1 && first.iter().filter(|line| is_object(line)).count() * 2 >= first.len()
}

fn line_documents(text: &str) -> Vec<Value> {
    text.lines().filter_map(|line| serde_json::from_str(line.trim()).ok()).take(SAMPLES).collect()
}

fn documents(text: &str) -> Vec<Value> {
    let start = text.trim_start_matches(['\u{feff}', '\u{1e}', '\0', ' ', '\n', '\r', '\t']);
    // A line of talk before the JSON (`$ kubectl get events -o json`) does not hide it.
    let start = match start.split_once('\n') {
        Some((talk, rest)) if !talk.starts_with(['{', '[']) && rest.trim_start().starts_with(['{', '[']) => {
            rest.trim_start()
        }
        _ => start,
    };
    if !start.starts_with(['{', '[']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(start).into_iter::<Value>();
    while found.len() < SAMPLES {
        let offset = stream.byte_offset();
        match stream.next() {
            Some(Ok(value)) => found.push(value),
            Some(Err(error)) => {
                let broken = error.is_eof()
                    || !found.is_empty()
                    || start.trim_start_matches(['[', ' ', '\n', '\r']).starts_with(['{', '"']);
                if broken && let Some(value) = start.get(offset..).and_then(|rest| repair(rest.as_bytes())) {
                    found.push(value);
                }
                break;
            }
            None => break,
        }
    }
    found.retain(|value| value.is_object() || value.is_array());
    found
}
