//! The front matter as a form: what a person may set, checked before it is written; the status is not among it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::part::front_matter_end;
use crate::document::{FrontMatter, Moment, parse, parse_moment, yaml_scalar};
use crate::text::LineIndex;

/// Longest title and name.
const LONGEST: usize = 200;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadKind {
    Text,
    /// Names with commas between them.
    List,
    /// `2025-11-28 09:22` or with a zone; UTC without one.
    Time,
    /// `commander: Maya Okafor, scribe: Tomas Lindqvist`.
    Roles,
}

/// One field of the form: its key, its name on the page, what it holds.
pub const HEAD_FIELDS: [(&str, &str, HeadKind); 10] = [
    ("title", "Title", HeadKind::Text),
    ("severity", "Severity", HeadKind::Text),
    ("services", "Services", HeadKind::List),
    ("teams", "Teams", HeadKind::List),
    ("started_at", "Started", HeadKind::Time),
    ("detected_at", "Detected", HeadKind::Time),
    ("acknowledged_at", "Acknowledged", HeadKind::Time),
    ("mitigated_at", "Mitigated", HeadKind::Time),
    ("resolved_at", "Resolved", HeadKind::Time),
    ("roles", "Roles", HeadKind::Roles),
];

/// Why a field cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadProblem {
    pub field: String,
    pub message: String,
}

/// What a field holds now, as the form shows it.
#[must_use]
pub fn head_value(front: &FrontMatter, key: &str) -> String {
    let time = |at: Option<Timestamp>| at.map(shown_time).unwrap_or_default();
    match key {
        "title" => front.title.clone().unwrap_or_default(),
        "severity" => front.severity.clone().unwrap_or_default(),
        "services" => front.services.join(", "),
        "teams" => front.teams.join(", "),
        "started_at" => time(front.started_at),
        "detected_at" => time(front.detected_at),
        "acknowledged_at" => time(front.acknowledged_at),
        "mitigated_at" => time(front.mitigated_at),
        "resolved_at" => time(front.resolved_at),
        "roles" => match front.extra.get("roles") {
            Some(Value::Object(roles)) => {
                let name = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                roles
                    .iter()
                    .map(|(role, who)| format!("{role}: {}", name(who)))
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn shown_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string().trim_end_matches(":00").to_owned()
}

/// Everything that is wrong with values for these fields, the other fields being as in `front`.
#[must_use]
pub fn head_problems(front: &FrontMatter, fields: &[(String, String)]) -> Vec<HeadProblem> {
    let mut problems: Vec<HeadProblem> = fields
        .iter()
        .filter_map(|(key, value)| {
            let message = written(key, value).err()?;
            Some(HeadProblem { field: key.clone(), message })
        })
        .collect();
    let mut times: BTreeMap<&str, Timestamp> = BTreeMap::new();
    for (key, _, kind) in HEAD_FIELDS {
        let given = fields.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        let value = given.unwrap_or_else(|| head_value(front, key));
        if let (HeadKind::Time, Some(at)) = (kind, parse_moment(&value).and_then(Moment::instant)) {
            times.insert(key, at);
        }
    }
    for (earlier, later) in [
        ("started_at", "detected_at"),
        ("started_at", "mitigated_at"),
        ("started_at", "resolved_at"),
        ("detected_at", "acknowledged_at"),
        ("detected_at", "resolved_at"),
        ("mitigated_at", "resolved_at"),
    ] {
        let touched = |key: &str| fields.iter().any(|(name, _)| name == key);
        let (Some(first), Some(second)) = (times.get(earlier), times.get(later)) else { continue };
        if second < first && (touched(earlier) || touched(later)) {
            let field = if touched(later) { later } else { earlier };
            let message = format!(
                "{} ({}) lies before {} ({})",
                name_of(later),
                shown_time(*second),
                name_of(earlier).to_lowercase(),
                shown_time(*first)
            );
            problems.push(HeadProblem { field: field.to_owned(), message });
        }
    }
    problems
}

fn name_of(key: &str) -> &'static str {
    HEAD_FIELDS.iter().find(|(known, _, _)| *known == key).map_or("", |(_, name, _)| name)
}

/// The source with these fields set; an empty value takes a field away. `None` when a value cannot be written.
#[must_use]
pub fn with_head(source: &str, fields: &[(String, String)]) -> Option<String> {
    let mut text = source.to_owned();
    for (key, value) in fields {
        let new = written(key, value).ok()?;
        if key == "title" {
            text = with_heading(&text, value.trim());
        }
        text = with_line(&text, key, new.as_deref());
    }
    let (before, after) = (parse(source).postmortem.front, parse(&text).postmortem.front);
    (before.status == after.status && before.id == after.id).then_some(text)
}

/// The YAML of a value; none for an empty one.
fn written(key: &str, value: &str) -> Result<Option<String>, String> {
    let Some((_, name, kind)) = HEAD_FIELDS.into_iter().find(|(known, _, _)| *known == key) else {
        return Err(format!("`{key}` is not set here"));
    };
    let value = value.trim();
    if value.chars().any(char::is_control) {
        return Err("one line, please".to_owned());
    }
    if value.chars().count() > LONGEST {
        return Err(format!("at most {LONGEST} characters"));
    }
    if value.is_empty() {
        return if key == "title" { Err(format!("{name} must not be empty")) } else { Ok(None) };
    }
    let items = || value.split([',', ';']).map(str::trim).filter(|item| !item.is_empty());
    match kind {
        HeadKind::Text => Ok(Some(yaml_scalar(value))),
        HeadKind::List => Ok(Some(format!("[{}]", items().map(yaml_scalar).collect::<Vec<_>>().join(", ")))),
        HeadKind::Time => match parse_moment(value) {
            Some(Moment::Exact(at)) => Ok(Some(at.to_string())),
            Some(moment @ Moment::Local(_)) => Ok(moment.instant().map(|at| at.to_string())),
            Some(Moment::Day(_)) => Err("a time of day is missing; write it as 2025-11-28 09:22".to_owned()),
            None => Err(format!("`{value}` is no time; write it as 2025-11-28 09:22, in UTC")),
        },
        HeadKind::Roles => {
            let mut roles = Vec::new();
            for item in items() {
                let (role, who) = item
                    .split_once(':')
                    .filter(|(role, who)| !role.trim().is_empty() && !who.trim().is_empty())
                    .ok_or_else(|| format!("`{item}` has no role; write it as commander: Maya Okafor"))?;
                roles.push(format!("{}: {}", yaml_scalar(role.trim()), yaml_scalar(who.trim())));
            }
            Ok(Some(format!("{{{}}}", roles.join(", "))))
        }
    }
}

/// The first heading of the first level follows the title.
fn with_heading(source: &str, title: &str) -> String {
    let begin = front_matter_end(source);
    let mut at = begin;
    for line in source[begin..].split_inclusive('\n') {
        if let Some(text) = line.strip_prefix("# ") {
            let (start, end) = (at + 2, at + 2 + text.trim_end().len());
            return format!("{}{title}{}", &source[..start], &source[end..]);
        }
        at += line.len();
    }
    source.to_owned()
}

/// The source with one top-level key set, in the place and under the name that it has; comments behind it stay.
fn with_line(source: &str, key: &str, value: Option<&str>) -> String {
    let ending = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let end = front_matter_end(source);
    if end == 0 {
        let Some(value) = value else { return source.to_owned() };
        return format!("---{ending}{key}: {value}{ending}---{ending}{source}");
    }
    let head = &source[..end];
    let index = LineIndex::new(head);
    let fences: Vec<usize> = (1..=head.lines().count())
        .filter(|line| {
            head[index.start_of(*line)..].lines().next().is_some_and(|line| line.trim_end() == "---")
        })
        .collect();
    let close = fences.get(1).map_or(end, |line| index.start_of(*line));
    let mut lines: Vec<&str> = source[..close].split_inclusive('\n').collect();
    let begins = |line: &&str| line.split_once(':').is_some_and(|(name, _)| is_key(name, key));
    match lines.iter().position(begins) {
        Some(at) => {
            // A list or a map may go on below its key.
            let goes_on = |line: &&&str| line.starts_with([' ', '\t', '-']) && line.trim_end() != "---";
            let length = 1 + lines[at + 1..].iter().take_while(goes_on).count();
            let (name, rest) = lines[at].split_once(':').unwrap_or((key, ""));
            let comment = rest
                .find(" #")
                .filter(|_| length == 1 && !rest.contains(['"', '\'']))
                .map(|at| rest[at..].trim_end());
            let new = value.map(|value| format!("{name}: {value}{}{ending}", comment.unwrap_or_default()));
            lines.splice(at..at + length, new.as_deref());
            lines.concat() + &source[close..]
        }
        None => match value {
            Some(value) => format!("{}{key}: {value}{ending}{}", &source[..close], &source[close..]),
            None => source.to_owned(),
        },
    }
}

/// Whether a key of the front matter, by whatever name people give it, sets this field.
fn is_key(name: &str, key: &str) -> bool {
    if name.starts_with([' ', '\t', '#', '-']) || name.trim().is_empty() {
        return false;
    }
    if name.trim() == key {
        return true;
    }
    let sample = format!("---\n{name}: 2025-01-02T03:04:05Z\n---\n");
    key != "roles" && !head_value(&parse(&sample).postmortem.front, key).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "---\nid: INC-1 # ours\ntitle: Old words\nstatus: draft # draft → review → final\nsev: SEV-2\nservices:\n  - a\n  - b\nstarted_at: 2025-11-28T09:22:00Z\ncustom: {x: 1}\n---\n# Old words\n\nText.\n";

    fn set(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn fields_are_set_where_they_stand_and_nothing_else_changes() {
        let fields = set(&[
            ("title", "New: \"words\" # here"),
            ("severity", "SEV-1"),
            ("services", "checkout, e mail; c"),
            ("resolved_at", "2025-11-28 10:05"),
            ("roles", "commander: Maya Okafor, scribe: Tomás"),
        ]);
        let edited = with_head(SOURCE, &fields).unwrap();
        assert_eq!(
            edited,
            "---\nid: INC-1 # ours\ntitle: \"New: \\\"words\\\" # here\"\nstatus: draft # draft → review → final\nsev: SEV-1\nservices: [checkout, e mail, c]\nstarted_at: 2025-11-28T09:22:00Z\ncustom: {x: 1}\nresolved_at: 2025-11-28T10:05:00Z\nroles: {commander: Maya Okafor, scribe: Tomás}\n---\n# New: \"words\" # here\n\nText.\n"
        );
        let front = parse(&edited).postmortem.front;
        for (key, value) in fields {
            assert_eq!(head_value(&front, &key), value.replace(';', ","), "{key}");
        }
        let taken = with_head(&edited, &set(&[("services", ""), ("roles", " ")])).unwrap();
        assert!(!taken.contains("services") && !taken.contains("roles"), "{taken}");
    }

    #[test]
    fn windows_line_ends_and_missing_front_matter_are_no_obstacle() {
        let dos = SOURCE.replace('\n', "\r\n");
        let edited = with_head(&dos, &set(&[("teams", "data"), ("services", "z")])).unwrap();
        let expected = SOURCE.replace("\n  - a\n  - b", " [z]").replace("}\n---", "}\nteams: [data]\n---");
        assert_eq!(edited, expected.replace('\n', "\r\n"));
        let bare = with_head("# T\n\nText.\n", &set(&[("severity", "SEV-3")])).unwrap();
        assert_eq!(bare, "---\nseverity: SEV-3\n---\n# T\n\nText.\n");
    }

    #[test]
    fn what_makes_no_sense_is_said_at_its_field_and_never_written() {
        let front = parse(SOURCE).postmortem.front;
        let problems = |fields: &[(&str, &str)]| -> Vec<String> {
            head_problems(&front, &set(fields))
                .into_iter()
                .map(|one| format!("{}: {}", one.field, one.message))
                .collect()
        };
        assert_eq!(
            problems(&[
                ("detected_at", "2025-11-28 09:10"),
                ("title", " "),
                ("roles", "Maya"),
                ("status", "final")
            ]),
            [
                "title: Title must not be empty",
                "roles: `Maya` has no role; write it as commander: Maya Okafor",
                "status: `status` is not set here",
                "detected_at: Detected (2025-11-28 09:10) lies before started (2025-11-28 09:22)",
            ]
        );
        assert_eq!(
            problems(&[("started_at", "soon")]),
            ["started_at: `soon` is no time; write it as 2025-11-28 09:22, in UTC"]
        );
        assert!(problems(&[("severity", "x\nstatus: final")])[0].contains("one line"));
        assert_eq!(with_head(SOURCE, &set(&[("status", "final")])), None);
    }
}
