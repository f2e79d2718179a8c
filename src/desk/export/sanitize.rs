//! A document for people outside: no evidence, no names, no addresses, no internal sections.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use serde_json::Value;

use super::links::without_internal_links;
use super::names::Names;
use crate::document::{FrontMatter, Postmortem, Section, SectionKind, action_items};
use crate::redact::{Options, Redactor};
use crate::text::markdown::without_marks;

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

/// Words that make an owner a team.
static TEAM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:team|teams|squad|group|guild|crew|sre|ops|devops|platform|infra|infrastructure|engineering|support|on-?call|vendor|security|data|product|finance|legal|tbd|unassigned|none|unknown)\b").ok()
});
/// A person spoken to; an address has no white space before its `@`.
static HANDLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\p{L}\p{N}._%+-])@([\p{L}][\p{L}\p{N}._-]*[\p{L}\p{N}])").ok());

/// Keys of the front matter that name people, besides those of `roles`.
const ROLES: [&str; 18] = [
    "commander",
    "incident_commander",
    "ic",
    "author",
    "authors",
    "owner",
    "owners",
    "approved_by",
    "approvers",
    "reviewers",
    "reviewer",
    "reviewed_by",
    "scribe",
    "communications",
    "comms_lead",
    "responders",
    "participants",
    "on_call",
];

/// Takes out what outsiders must not see. `people`, and those whom the document names as owners, in roles and with `@`,
/// become roles; `options.internal_hosts` tells whose links lead inside.
#[must_use]
pub fn sanitize(postmortem: &Postmortem, options: &Options, people: &[String]) -> Sanitized {
    let names = Names::new(&known_people(postmortem, people));
    let mut redactor = Redactor::new(options.clone());
    let mut clean = |text: &str| {
        let text = COMMENT.as_ref().map_or(text.into(), |regex| regex.replace_all(text, ""));
        let text = without_internal_links(&without_marks(&text), &options.internal_hosts);
        names.replace(redactor.redact(&text).as_str())
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

/// Everybody who is known, each with the role that the front matter gives.
fn known_people(postmortem: &Postmortem, people: &[String]) -> Vec<(String, Option<String>)> {
    let mut known: Vec<(String, Option<String>)> = Vec::new();
    let mut add = |names: &Value, role: &str| {
        let listed: Vec<&str> = match names {
            Value::String(names) => names.split([',', ';', '&']).collect(),
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let role = role.replace('_', " ");
        let role = match role.trim_end_matches('s') {
            "ic" | "commander" | "incident commander" => "the incident commander".to_owned(),
            "responder" | "participant" => "a responder".to_owned(),
            "approved by" | "approver" | "reviewed by" | "reviewer" => "a reviewer".to_owned(),
            "on call" => "the on-call engineer".to_owned(),
            other => format!("the {other}"),
        };
        known.extend(listed.into_iter().map(|name| (name.trim().to_owned(), Some(role.clone()))));
    };
    for (key, value) in &postmortem.front.extra {
        let key = key.to_lowercase().replace(['-', ' '], "_");
        match value {
            Value::Object(roles) if matches!(key.as_str(), "roles" | "people") => {
                roles.iter().for_each(|(role, names)| add(names, role));
            }
            value if ROLES.contains(&key.as_str()) => add(value, &key),
            _ => {}
        }
    }
    known.extend(people.iter().map(|name| (name.clone(), None)));
    let is_team = |owner: &str| {
        let named = postmortem.front.teams.iter().chain(&postmortem.front.services);
        TEAM.as_ref().is_some_and(|regex| regex.is_match(owner))
            || named.clone().any(|name| name.eq_ignore_ascii_case(owner))
    };
    let owners = action_items(postmortem).into_iter().filter_map(|item| item.owner);
    let is_person = |owner: &String| {
        owner.starts_with('@') || owner.chars().next().is_some_and(char::is_uppercase) && !is_team(owner)
    };
    known.extend(owners.filter(is_person).map(|owner| (owner, None)));
    let text = format!("{}\n{}\n{}", postmortem.title, postmortem.preamble, postmortem.text());
    let spoken_to = HANDLE.as_ref().into_iter().flat_map(|regex| regex.captures_iter(&text));
    known.extend(spoken_to.map(|found| (found[1].to_owned(), None)));
    known.retain(|(name, _)| name.chars().filter(|c| c.is_alphabetic()).count() >= 2);
    known
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
