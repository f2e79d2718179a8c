//! The shape of an answer, and reading it however it is wrapped.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::{ClaimKind, EventId};
use crate::drafting::Schema;
use crate::drafting::inert::plain_line;

/// Sentences that one answer may hold; more is noise.
const SENTENCES: usize = 200;
/// Questions that one answer may hold.
const QUESTIONS: usize = 30;
/// Longest sentence in characters.
const LENGTH: usize = 1_000;

/// Section of an answer that holds the questions.
pub(super) const OPEN_QUESTIONS: &str = "open_questions";
/// Section whose label also says how one will see that an action works.
const ACTIONS: &str = "actions";

// The schema is sent with every request, so it carries no descriptions: the prompts tell what the fields mean.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    sentences: Vec<WantedSentence>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WantedSentence {
    section: String,
    text: String,
    evidence: Vec<i64>,
    kind: WantedKind,
    label: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(dead_code, reason = "only its schema is used")]
enum WantedKind {
    Fact,
    Hypothesis,
}

/// The schema in the form of strict mode: every field required, nothing that a server might not know.
#[must_use]
pub(super) fn schema(sections: &[&str]) -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema: Value = settings.into_generator().into_root_schema_for::<Wanted>().into();
    if let Some(root) = schema.as_object_mut() {
        root.remove("title");
    }
    if let Some(properties) = schema.pointer_mut("/properties/sentences/items/properties") {
        properties["section"]["enum"] = sections.into();
        if let Some(id) = properties["evidence"]["items"].as_object_mut() {
            id.remove("format");
        }
    }
    Schema { name: "postmortem".to_owned(), schema }
}

/// One sentence as the model gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposed {
    /// As the model named it; empty when it did not.
    pub(super) section: String,
    pub(super) text: String,
    pub(super) evidence: Vec<EventId>,
    pub(super) kind: ClaimKind,
    pub(super) label: Option<String>,
    pub(super) check: Option<String>,
}

/// Something that the model asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) text: String,
    pub(super) evidence: Vec<EventId>,
    /// Who can answer; empty when the model did not say.
    pub(super) who: String,
}

/// One answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Value")]
pub(super) struct Reply {
    pub(super) sentences: Vec<Proposed>,
    pub(super) questions: Vec<Asked>,
    /// The answer broke off before its end.
    pub(super) cut: bool,
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
        let (questions, sentences): (Vec<Value>, Vec<Value>) = list(&["sentences", "claims", "facts"])
            .into_iter()
            .partition(|value| section(value) == OPEN_QUESTIONS);
        let apart = list(&["questions", OPEN_QUESTIONS]);
        Self {
            sentences: sentences.iter().take(SENTENCES).filter_map(proposed).collect(),
            questions: questions.iter().chain(&apart).take(QUESTIONS).filter_map(asked).collect(),
            cut: false,
        }
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
    let words = |name: &str| value.get(name).and_then(Value::as_str).map(plain_line).unwrap_or_default();
    let section = section(value);
    let (mut label, mut check) = (words("label"), words("check"));
    if section == ACTIONS
        && let Some((kind, how)) = label.clone().split_once(':')
    {
        (label, check) = (kind.to_owned(), how.trim().to_owned());
    }
    let label = Some(label.trim().to_lowercase()).filter(|label| !label.is_empty());
    let check = Some(check).filter(|check| !check.is_empty() && check.chars().count() <= LENGTH);
    (!text.is_empty() && text.chars().count() <= LENGTH).then_some(Proposed {
        section,
        text,
        evidence,
        kind,
        label,
        check,
    })
}

/// The section that a sentence names, however it is spelt.
fn section(value: &Value) -> String {
    let named = value.get("section").and_then(Value::as_str).map(plain_line).unwrap_or_default();
    named.trim().to_lowercase().replace([' ', '-'], "_")
}

/// A question as an object, or as bare words.
fn asked(value: &Value) -> Option<Asked> {
    let words = |name: &str| value.get(name).and_then(Value::as_str).map(plain_line).unwrap_or_default();
    let text = value.as_str().map_or_else(|| words("text"), plain_line);
    let mut evidence = Vec::new();
    ids(value.get("evidence").unwrap_or(&Value::Null), &mut evidence);
    (8..300).contains(&text.len()).then(|| Asked {
        text,
        evidence,
        who: Some(words("ask")).filter(|who| !who.is_empty()).unwrap_or_else(|| words("label")),
    })
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
    let cut = whole.is_none();
    let value = whole.or_else(|| mended(body)).ok_or("its JSON cannot be read")?;
    let shaped = value
        .get("sentences")
        .or_else(|| value.get("claims"))
        .or_else(|| value.get("facts"))
        .is_some_and(Value::is_array)
        || value.is_array();
    if shaped {
        Ok(Reply { cut, ..Reply::from(value) })
    } else {
        Err("it does not have the asked shape".to_owned())
    }
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
        let mended = read(cut).unwrap();
        assert!(mended.cut && !reply.cut);
        assert_eq!(mended.sentences, reply.sentences);
        let two = r#"{"sentences":[{"text":"One.","evidence":["E1"],"kind":"fact","label":null},{"text":"Tw"#;
        assert_eq!(read(two).unwrap().sentences.len(), 1);
        for bad in ["", "I cannot help with that.", "{\"answer\": 42}", "{\"sentences\": \"none\"}", "{"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_schema_suits_strict_mode() {
        let schema = schema(&["impact"]).schema;
        let sentence = &schema["properties"]["sentences"]["items"];
        assert_eq!(sentence["properties"]["section"]["enum"][0], "impact");
        assert_eq!(sentence["properties"]["kind"]["enum"], serde_json::json!(["fact", "hypothesis"]));
        assert_eq!(sentence["properties"]["evidence"]["items"], serde_json::json!({"type": "integer"}));
        assert_eq!(
            (&schema["additionalProperties"], &sentence["additionalProperties"]),
            (&false.into(), &false.into())
        );
        assert_eq!(schema["required"], serde_json::json!(["sentences"]));
        assert_eq!(sentence["required"].as_array().unwrap().len(), 5);
    }

    #[test]
    fn a_label_can_say_who_to_ask_and_what_to_look_at() {
        let reply = read(r#"{"sentences":[{"section":"actions","text":"Add a check.","evidence":[3],"kind":"fact","label":"Prevent: a bad file is refused"},{"section":"open_questions","text":"What was the load?","evidence":[4],"kind":"fact","label":"the database team"}]}"#).unwrap();
        assert_eq!(reply.sentences.len(), 1);
        assert_eq!(
            (reply.sentences[0].label.as_deref(), reply.sentences[0].check.as_deref()),
            (Some("prevent"), Some("a bad file is refused"))
        );
        assert_eq!(
            (reply.questions[0].who.as_str(), reply.questions[0].evidence[0]),
            ("the database team", EventId(4))
        );
    }
}
