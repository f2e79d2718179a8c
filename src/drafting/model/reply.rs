//! The shape of an answer, and reading it however it is wrapped.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::{ClaimKind, EventId};
use crate::drafting::Schema;
use crate::drafting::inert::plain_line;

/// Sentences that one answer may hold; more is noise.
const SENTENCES: usize = 40;
/// Longest sentence in characters.
const LENGTH: usize = 600;

/// What a model is asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// The sentences of the section, in order.
    sentences: Vec<WantedSentence>,
    /// What the evidence leaves open.
    questions: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WantedSentence {
    text: String,
    /// Ids of the lines that carry the sentence, such as E12.
    evidence: Vec<String>,
    kind: WantedKind,
    /// Category or question that the section asks for.
    label: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "only its schema is used")]
enum WantedKind {
    Fact,
    Hypothesis,
}

/// The schema in the form of strict mode: every field required, options nullable.
#[must_use]
pub(super) fn schema() -> Schema {
    let root =
        SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Wanted>();
    Schema { name: "section".to_owned(), schema: root.into() }
}

/// One sentence as the model gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposed {
    pub(super) text: String,
    pub(super) evidence: Vec<EventId>,
    pub(super) kind: ClaimKind,
    pub(super) label: Option<String>,
}

/// One answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Value")]
pub(super) struct Reply {
    pub(super) sentences: Vec<Proposed>,
    pub(super) questions: Vec<String>,
}

impl From<Value> for Reply {
    fn from(value: Value) -> Self {
        let list = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| value.get(name))
                .or_else(|| names.contains(&"sentences").then_some(&value))
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let sentences =
            list(&["sentences", "claims", "facts"]).iter().take(SENTENCES).filter_map(proposed).collect();
        let questions = list(&["questions", "open_questions"])
            .iter()
            .take(SENTENCES)
            .filter_map(Value::as_str)
            .map(plain_line)
            .filter(|text| (8..200).contains(&text.len()))
            .collect();
        Self { sentences, questions }
    }
}

fn proposed(value: &Value) -> Option<Proposed> {
    let text = plain_line(value.get("text").or_else(|| value.get("sentence"))?.as_str()?);
    let kind = match value.get("kind").and_then(Value::as_str) {
        Some("hypothesis") => ClaimKind::Hypothesis,
        _ => ClaimKind::Fact,
    };
    let mut evidence = Vec::new();
    ids(value.get("evidence").unwrap_or(&Value::Null), &mut evidence);
    let label = value.get("label").and_then(Value::as_str).map(|label| label.trim().to_lowercase());
    (!text.is_empty() && text.chars().count() <= LENGTH).then_some(Proposed { text, evidence, kind, label })
}

/// `"E12"`, `12`, `"[^E12]"`, `"E1, E2"` or a list of them.
fn ids(value: &Value, found: &mut Vec<EventId>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        Value::Number(number) => {
            found.extend(number.as_u64().and_then(|number| u32::try_from(number).ok()).map(EventId))
        }
        Value::String(text) => found.extend(
            text.split(|c: char| !c.is_alphanumeric()).filter_map(|part| part.parse::<EventId>().ok()),
        ),
        _ => {}
    }
}

/// Reads an answer out of fences, remarks around it and a cut end.
///
/// # Errors
/// When there is nothing of the asked shape in it.
pub(super) fn read(answer: &str) -> Result<Reply, String> {
    let from = answer.find(['{', '[']).ok_or("it holds no JSON")?;
    let body = &answer[from..];
    let whole = serde_json::Deserializer::from_str(body).into_iter::<Value>().next().and_then(Result::ok);
    let value = whole.or_else(|| mended(body)).ok_or("its JSON cannot be read")?;
    let shaped = value
        .get("sentences")
        .or_else(|| value.get("claims"))
        .or_else(|| value.get("facts"))
        .is_some_and(Value::is_array)
        || value.is_array();
    if shaped { Ok(Reply::from(value)) } else { Err("it does not have the asked shape".to_owned()) }
}

/// A cut answer up to its last whole sentence.
fn mended(body: &str) -> Option<Value> {
    let (mut depth, mut quoted, mut escaped, mut last) = (0usize, false, false, None);
    for (at, c) in body.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => {
                depth = depth.saturating_sub(1);
                // An object inside the list inside the answer has just closed.
                if c == '}' && depth == 2 {
                    last = Some(at + 1);
                }
            }
            _ => {}
        }
    }
    serde_json::from_str(&format!("{}]}}", &body[..last?])).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_however_they_are_wrapped() {
        let good = r#"{"sentences":[{"text":"One.","evidence":["E1",2,"[^E3], E4"],"kind":"hypothesis","label":"Process"}],"questions":["What was the load?"]}"#;
        let reply = read(good).unwrap();
        assert_eq!(reply.sentences[0].evidence, [EventId(1), EventId(2), EventId(3), EventId(4)]);
        assert_eq!(
            (reply.sentences[0].kind, reply.sentences[0].label.as_deref()),
            (ClaimKind::Hypothesis, Some("process"))
        );
        assert_eq!(reply.questions.len(), 1);
        assert_eq!(read(&format!("Sure! ```json\n{good}\n``` Anything else?")).unwrap(), reply);
        let cut = &good.replace("\"questions\"", "\"questio")[..];
        assert_eq!(read(cut).unwrap().sentences, reply.sentences);
        let two = r#"{"sentences":[{"text":"One.","evidence":["E1"],"kind":"fact","label":null},{"text":"Tw"#;
        assert_eq!(read(two).unwrap().sentences.len(), 1);
        for bad in ["", "I cannot help with that.", "{\"answer\": 42}", "{\"sentences\": \"none\"}", "{"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_schema_suits_strict_mode() {
        let schema = schema().schema;
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["required"], serde_json::json!(["sentences", "questions"]));
        assert_eq!(schema["$defs"]["WantedSentence"]["required"].as_array().unwrap().len(), 4);
    }
}
