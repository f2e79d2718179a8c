//! What all exports have in common, and the postmortem made of it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use regex::Regex;
use serde_json::Value;

use super::Imported;
use crate::document::{FrontMatter, Moment, Postmortem, Section, SectionKind, parse, parse_moment};

/// An incident as an export tells it; empty is missing.
#[derive(Clone, Debug, Default)]
pub struct Record {
    pub reference: String,
    pub id: String,
    pub title: String,
    pub severity: Option<String>,
    pub services: Vec<String>,
    pub teams: Vec<String>,
    pub started: Option<Timestamp>,
    pub detected: Option<Timestamp>,
    pub acknowledged: Option<Timestamp>,
    pub mitigated: Option<Timestamp>,
    pub resolved: Option<Timestamp>,
    /// A day, where the time is not told.
    pub day: Option<jiff::civil::Date>,
    pub link: Option<String>,
    pub summary: String,
    pub impact: String,
    pub cause: String,
    pub resolution: String,
    /// When, and what was said.
    pub updates: Vec<(Timestamp, String)>,
    /// Action, owner, due, status.
    pub actions: Vec<[String; 4]>,
    /// A whole report in Markdown, with its own sections.
    pub report: String,
}

impl Record {
    pub(super) fn imported(mut self, source: &'static str) -> Imported {
        if self.id.is_empty() {
            self.id.clone_from(&self.reference);
        }
        if self.title.is_empty() {
            self.title.clone_from(&self.id);
        }
        let reference = self.reference.clone();
        let postmortem = self.postmortem();
        let missing = missing(&postmortem);
        Imported { source, reference, postmortem, missing }
    }

    fn postmortem(mut self) -> Postmortem {
        let mut sections = Vec::new();
        let mut push = |kind: SectionKind, text: &str| {
            if !text.trim().is_empty() {
                sections.push(Section::new(kind, text.trim()));
            }
        };
        push(SectionKind::ExecutiveSummary, &below_headings(&self.summary));
        push(SectionKind::Impact, &below_headings(&self.impact));
        self.updates.sort_by_key(|(at, _)| *at);
        push(SectionKind::Timeline, &timeline(&self.updates));
        push(SectionKind::RootCause, &below_headings(&self.cause));
        push(SectionKind::RecoveryAssessment, &below_headings(&self.resolution));
        push(SectionKind::Actions, &actions(&self.actions));
        let told = parse(&self.report).postmortem;
        let preamble = told.preamble;
        sections.extend(
            told.sections.into_iter().map(|section| Section { level: section.level.max(2), ..section }),
        );
        let front = FrontMatter {
            id: Some(self.id),
            title: Some(one_line(&self.title)),
            severity: self.severity,
            services: distinct(self.services),
            teams: distinct(self.teams),
            started_at: self.started,
            detected_at: self.detected,
            acknowledged_at: self.acknowledged,
            mitigated_at: self.mitigated,
            resolved_at: self.resolved,
            date: self.day.filter(|_| self.started.is_none()),
            extra: self.link.into_iter().map(|link| ("link".to_owned(), Value::from(link))).collect(),
            ..FrontMatter::default()
        };
        Postmortem { front, title: one_line(&self.title), preamble, sections }
    }
}

/// What a postmortem does not tell of what the tool works with.
pub(super) fn missing(postmortem: &Postmortem) -> Vec<&'static str> {
    let front = &postmortem.front;
    let has = |kind: SectionKind| postmortem.section(kind).is_some();
    [
        ("start", front.started_at.is_some() || front.date.is_some()),
        ("detection", front.detected_at.is_some()),
        ("resolution", front.resolved_at.is_some()),
        ("severity", front.severity.is_some()),
        ("services", !front.services.is_empty()),
        ("cause", has(SectionKind::RootCause) || has(SectionKind::ContributingFactors)),
        ("actions", !crate::document::action_items(postmortem).is_empty()),
    ]
    .into_iter()
    .filter_map(|(name, there)| (!there).then_some(name))
    .collect()
}

fn timeline(updates: &[(Timestamp, String)]) -> String {
    if updates.is_empty() {
        return String::new();
    }
    let mut table = "| Time (UTC) | Event |\n|---|---|\n".to_owned();
    for (at, text) in updates {
        let clock = at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M");
        // Writing to a String cannot fail.
        let _ = writeln!(table, "| {clock} | {} |", cell(text));
    }
    table
}

fn actions(items: &[[String; 4]]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let mut table = "| ID | Action | Owner | Due | Status |\n|---|---|---|---|---|\n".to_owned();
    for (at, [action, owner, due, status]) in items.iter().enumerate() {
        let _ = writeln!(
            table,
            "| AI-{} | {} | {} | {} | {} |",
            at + 1,
            cell(action),
            cell(owner),
            cell(due),
            cell(status)
        );
    }
    table
}

/// Text that cannot break out of a table cell or become HTML.
fn cell(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;")
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A field's text must not open sections of its own.
fn below_headings(text: &str) -> String {
    let body = |line: &str| line.trim_start_matches('#').trim_start().to_owned();
    text.lines()
        .map(|line| if line.starts_with('#') { body(line) } else { line.to_owned() })
        .collect::<Vec<_>>()
        .join("\n")
}

fn distinct(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        let name = one_line(&name);
        if !name.is_empty() && !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"</?[A-Za-z][^<>]{0,200}>").ok());

/// Text of a field that may hold HTML.
pub(super) fn plain(text: &str) -> String {
    let broken =
        text.replace("\r\n", "\n").replace("</p>", "\n").replace("<br />", "\n").replace("<br>", "\n");
    let bare = match TAG.as_ref() {
        Some(tag) => tag.replace_all(&broken, "").into_owned(),
        None => broken,
    };
    let spoken =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    spoken.into_iter().fold(bare, |text, (code, character)| text.replace(code, character)).trim().to_owned()
}

/// The text of the first of these paths (`a/b`) that has one; numbers count as text.
pub(super) fn text(item: &Value, paths: &[&str]) -> Option<String> {
    paths.iter().find_map(|path| scalar(at(item, path)?))
}

pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(plain(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The value at a path of keys.
pub(super) fn at<'a>(item: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('/').try_fold(item, |value, key| value.get(key))
}

/// The items of a list, none where there is no list.
pub(super) fn list<'a>(item: &'a Value, path: &str) -> impl Iterator<Item = &'a Value> {
    at(item, path).and_then(Value::as_array).into_iter().flatten()
}

/// The names in a list of names or of objects that have one under `path`.
pub(super) fn names(item: &Value, of: &str, path: &[&str]) -> Vec<String> {
    list(item, of).filter_map(|one| scalar(one).or_else(|| text(one, path))).collect()
}

/// The first of these paths that holds a time.
pub(super) fn time(item: &Value, paths: &[&str]) -> Option<Timestamp> {
    paths.iter().find_map(|path| instant(&scalar(at(item, path)?)?))
}

/// A time as exports write it; a day alone is none.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| match parse_moment(text)? {
        Moment::Day(_) => None,
        moment => moment.instant(),
    })
}

/// Announced work on a status page.
pub(super) fn is_maintenance(item: &Value) -> bool {
    let scheduled = at(item, "scheduled_for").is_some_and(|value| !value.is_null());
    scheduled || text(item, &["impact"]).as_deref() == Some("maintenance")
}
