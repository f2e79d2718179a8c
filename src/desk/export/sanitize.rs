//! A document for people outside: no evidence, no names, no addresses, no internal sections.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::markup::without_marks;
use crate::document::{FrontMatter, Postmortem, Section, SectionKind, action_items};
use crate::redact::{Options, Redactor};

/// What may leave, and what was left out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sanitized {
    pub postmortem: Postmortem,
    /// Headings of sections that are for insiders or that the tool does not know.
    pub left_out: Vec<String>,
}

/// Sections that may be shown outside.
const SHOWN: [SectionKind; 10] = [
    SectionKind::ExecutiveSummary,
    SectionKind::Impact,
    SectionKind::Timeline,
    SectionKind::ContributingFactors,
    SectionKind::RootCause,
    SectionKind::RecoveryAssessment,
    SectionKind::WentWell,
    SectionKind::Improve,
    SectionKind::Lessons,
    SectionKind::Actions,
];

static COMMENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->").ok());

/// Takes out what outsiders must not see; `people` are replaced besides those whom the document names as owners or roles.
#[must_use]
pub fn sanitize(postmortem: &Postmortem, options: &Options, people: &[String]) -> Sanitized {
    let mut names: Vec<String> = people.to_vec();
    names.extend(
        action_items(postmortem)
            .into_iter()
            .filter_map(|item| item.owner)
            .filter(|owner| owner.contains(' ') || owner.starts_with('@')),
    );
    for key in ["commander", "incident_commander", "author", "authors", "approved_by", "scribe"] {
        match postmortem.front.extra.get(key) {
            Some(serde_json::Value::String(name)) => {
                names.extend(name.split(',').map(|name| name.trim().to_owned()))
            }
            Some(serde_json::Value::Array(list)) => {
                names.extend(list.iter().filter_map(|name| name.as_str().map(str::to_owned)))
            }
            _ => {}
        }
    }
    let mut redactor = Redactor::new(options.clone()).with_people(names);
    let mut clean = |text: &str| {
        let text = COMMENT.as_ref().map_or(text.into(), |regex| regex.replace_all(text, ""));
        redactor.redact(&without_marks(&text)).into_string()
    };
    let mut sections = Vec::new();
    let mut left_out = BTreeSet::new();
    let mut shown_level = None;
    for section in &postmortem.sections {
        let top = shown_level.is_none_or(|level| section.level <= level);
        if top {
            shown_level = section.kind.filter(|kind| SHOWN.contains(kind)).map(|_| section.level);
        }
        match (shown_level, section.kind) {
            (None, _) => {
                left_out.insert(section.heading.clone());
            }
            (Some(_), Some(SectionKind::Actions)) => {
                sections.push(Section { body: clean(&actions_table(postmortem)), ..section.clone() });
            }
            (Some(_), _) => sections.push(Section {
                heading: clean(&section.heading),
                body: clean(&section.body),
                ..section.clone()
            }),
        }
    }
    let front = FrontMatter {
        id: postmortem.front.id.clone(),
        title: postmortem.front.title.as_deref().map(&mut clean),
        status: postmortem.front.status,
        severity: postmortem.front.severity.clone(),
        started_at: postmortem.front.started_at,
        detected_at: postmortem.front.detected_at,
        mitigated_at: postmortem.front.mitigated_at,
        resolved_at: postmortem.front.resolved_at,
        ..FrontMatter::default()
    };
    let title = clean(&postmortem.title);
    let postmortem = Postmortem { front, title, preamble: String::new(), sections };
    Sanitized { postmortem, left_out: left_out.into_iter().collect() }
}

/// What will be done until when; by whom and in which tracker is nobody's business outside.
fn actions_table(postmortem: &Postmortem) -> String {
    let mut table = "| Action | Type | Due | Status |\n|---|---|---|---|".to_owned();
    for item in action_items(postmortem) {
        let kind = item.kind.map_or("–", crate::domain::ActionKind::name);
        let due = item.due.map_or_else(|| "–".to_owned(), |due| due.to_string());
        let action = item.action.replace('|', "\\|");
        table.push_str(&format!("\n| {action} | {kind} | {due} | {} |", item.status.name()));
    }
    table
}
