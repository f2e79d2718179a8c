//! The report for programs: the contract's keys and what is added to them.

use serde_json::{Map, Value, json};

use super::Report;

impl Report {
    /// One object; the keys of the metrics in the order of the register.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut report = Map::new();
        report.insert("period".to_owned(), json!(self.period));
        report.insert("as_of".to_owned(), json!(self.as_of));
        report.insert("filter".to_owned(), json!(self.filter));
        report.insert("sentences".to_owned(), json!(self.sentences));
        report.insert("cautions".to_owned(), json!(self.cautions));
        for part in &self.parts {
            for (key, value) in &part.section.json {
                merge(report.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        report.insert("data_quality".to_owned(), json!(self.faults));
        let definitions: Map<String, Value> = self
            .parts
            .iter()
            .map(|part| (part.metric.name().to_owned(), json!(part.metric.definition())))
            .collect();
        report.insert("definitions".to_owned(), Value::Object(definitions));
        Value::Object(report)
    }
}

/// Several metrics may fill one object.
fn merge(into: &mut Value, value: &Value) {
    match (into, value) {
        (Value::Object(into), Value::Object(value)) => {
            for (key, value) in value {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, value) => *into = value.clone(),
    }
}
