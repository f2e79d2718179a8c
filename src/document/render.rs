//! Writes a postmortem as Markdown with YAML front matter.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::Value;

use super::{FrontMatter, Postmortem};

/// The document as text, ending in one line break.
#[must_use]
pub fn render(postmortem: &Postmortem) -> String {
    let mut out = front_matter(&postmortem.front);
    let mut pieces = Vec::new();
    if !postmortem.title.is_empty() {
        pieces.push(format!("# {}", postmortem.title));
    }
    if !postmortem.preamble.is_empty() {
        pieces.push(postmortem.preamble.clone());
    }
    for section in &postmortem.sections {
        pieces.push(format!("{} {}", "#".repeat(usize::from(section.level)), section.heading));
        if !section.body.is_empty() {
            pieces.push(section.body.clone());
        }
    }
    out.push_str(&pieces.join("\n\n"));
    out.push('\n');
    out
}

fn front_matter(front: &FrontMatter) -> String {
    let mut lines = String::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "{key}: {value}");
        }
    };
    let text = |value: &Option<String>| value.as_deref().map(yaml_scalar);
    let list = |values: &[String]| {
        (!values.is_empty()).then(|| {
            format!("[{}]", values.iter().map(|value| yaml_scalar(value)).collect::<Vec<_>>().join(", "))
        })
    };
    let time = |value: Option<Timestamp>| value.map(|at| at.to_string());
    put("id", text(&front.id));
    put("title", text(&front.title));
    put("status", front.status.map(|status| status.name().to_owned()));
    put("severity", text(&front.severity));
    put("services", list(&front.services));
    put("teams", list(&front.teams));
    put("date", front.date.map(|day| day.to_string()));
    put("started_at", time(front.started_at));
    put("detected_at", time(front.detected_at));
    put("acknowledged_at", time(front.acknowledged_at));
    put("mitigated_at", time(front.mitigated_at));
    put("resolved_at", time(front.resolved_at));
    put("published_at", time(front.published_at));
    put("detection", text(&front.detection));
    put("repeat_of", list(&front.repeat_of));
    if !front.generated.is_empty() {
        let pairs: Vec<String> = front
            .generated
            .iter()
            .map(|(key, value)| format!("{}: {}", yaml_scalar(key), yaml_scalar(value)))
            .collect();
        put("generated", Some(format!("{{{}}}", pairs.join(", "))));
    }
    let written: Vec<String> =
        lines.lines().filter_map(|line| line.split_once(':')).map(|(key, _)| key.to_owned()).collect();
    for (key, value) in &front.extra {
        // A second value for a field stands in the text below; a key that occurs twice would make all of it unreadable.
        if !written.contains(key) {
            let _ = writeln!(lines, "{}: {}", yaml_scalar(key), yaml_value(value));
        }
    }
    if lines.is_empty() { String::new() } else { format!("---\n{lines}---\n") }
}

/// JSON is YAML, except that plain words need no quotes.
fn yaml_value(value: &Value) -> String {
    match value {
        Value::String(text) => yaml_scalar(text),
        other => escape_unprintable(&other.to_string()),
    }
}

/// JSON leaves some characters raw that YAML refuses; inside its strings they can all be escaped.
fn escape_unprintable(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

/// A plain scalar where YAML reads it back as the same text, else a double-quoted one.
#[must_use]
pub fn yaml_scalar(text: &str) -> String {
    let plain = text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '/')
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '+'))
        && !text.ends_with(' ')
        && !matches!(
            text.to_lowercase().as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null" | "nan" | "inf"
        );
    if plain { text.to_owned() } else { escape_unprintable(&Value::String(text.to_owned()).to_string()) }
}
