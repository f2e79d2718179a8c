//! Reads a record out of one document and lists what could not be used.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::lines::{Head, line_of};
use super::{Assessment, Fault, Objective, Record, detection_source, rubric, severity_level, times};
use crate::document::{self, FrontMatter, Parsed};

/// What the reader has to be told.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Zone of times that carry none; `None` reads them as UTC and says so.
    pub timezone: Option<TimeZone>,
}

/// Front-matter fields that name roles of the response or of the writing.
const ROLES: [&str; 13] = [
    "commander",
    "incident_commander",
    "scribe",
    "communications",
    "communications_lead",
    "operations_lead",
    "responders",
    "participants",
    "reviewers",
    "reviewed_by",
    "facilitator",
    "author",
    "authors",
];

/// Reads the postmortem `source` that came from `path` and was parsed as `parsed`.
#[must_use]
pub fn read(path: &str, source: &str, parsed: Parsed, options: &ReadOptions) -> Record {
    let source = normal_lines(source);
    let Parsed { postmortem, problems, section_lines, .. } = parsed;
    let head = Head::new(&source);
    // A publication given as a day is all that counting working days needs.
    let harmless =
        |message: &str| message.to_lowercase().starts_with("published") && message.contains("no time of day");
    let mut faults: Vec<Fault> = problems
        .into_iter()
        .filter(|problem| !harmless(&problem.message))
        .map(|problem| Fault::new(path, problem.line, problem.message))
        .collect();
    let front = &postmortem.front;
    let times = times::read(front, &head, path, options.timezone.as_ref(), &mut faults);
    let started = times.started.or_else(|| postmortem.date());
    if started.is_none() {
        let what = if front.id.is_none() {
            "no postmortem: neither an id nor a date; left out"
        } else {
            "no start and no date: it belongs to no quarter and is left out"
        };
        faults.push(Fault::new(path, 1, what));
    }
    if let (Some(published), Some(resolved)) = (times.published, times.resolved)
        && published < resolved
    {
        let line = head.line(&["published_at", "published"]);
        faults.push(Fault::new(
            path,
            line,
            "published before it was resolved; left out of time to publication",
        ));
    }
    let dated = started.is_some();
    let severity = severity(front, &head, path, &mut faults, dated);
    let id_line = head.line(&["id", "incident_id", "incident"]);
    if front.id.is_none() && dated {
        faults.push(Fault::new(path, 1, "no id; the file name stands in for it"));
    }
    let first_section = section_lines.first().copied().unwrap_or(1);
    let actions = actions(&postmortem, &source, first_section);
    let factors = document::factors(&postmortem);
    let (quality, telemetry) = rubric::assess(&postmortem, &times.spans, &factors, &actions);
    Record {
        id: front.id.clone().unwrap_or_else(|| stem(path)),
        title: postmortem.title.clone(),
        path: path.to_owned(),
        link: path.to_owned(),
        line: id_line,
        started,
        exact_start: times.started.is_some(),
        resolved: times.resolved,
        published: times.published,
        severity,
        services: front.services.clone(),
        teams: front.teams.clone(),
        detection: front.detection.as_deref().map(detection_source),
        spans: times.spans,
        repeat_of: front.repeat_of.clone(),
        customers: customers(&front.extra),
        objectives: objectives(&front.extra),
        roles: roles(&front.extra),
        assessment: Assessment::of(&postmortem),
        actions,
        factors,
        quality,
        telemetry,
        faults,
    }
}

fn normal_lines(source: &str) -> Cow<'_, str> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if source.contains('\r') { Cow::Owned(source.replace("\r\n", "\n")) } else { Cow::Borrowed(source) }
}

fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

fn severity(
    front: &FrontMatter,
    head: &Head,
    path: &str,
    faults: &mut Vec<Fault>,
    dated: bool,
) -> Option<String> {
    let level = front.severity.as_deref().and_then(severity_level);
    if level.is_none() && dated {
        let line = head.line(&["severity", "sev", "priority"]);
        let what = match &front.severity {
            Some(written) => format!("unknown severity `{written}`; counted in the total, in no severity"),
            None => "no severity; counted in the total, in no severity".to_owned(),
        };
        faults.push(Fault::new(path, line, what));
    }
    level
}

fn actions(postmortem: &document::Postmortem, source: &str, from: usize) -> Vec<crate::domain::ActionItem> {
    let mut actions = document::action_items(postmortem);
    for action in &mut actions {
        if action.line == 0 {
            action.line = line_of(source, &action.action, from);
        }
    }
    actions
}

fn customers(extra: &Map<String, Value>) -> Option<u64> {
    let value =
        ["customers_affected", "users_affected", "customers"].iter().find_map(|key| extra.get(*key))?;
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => {
            let digits: String = text
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '_' | '\'' | ' '))
                .filter(char::is_ascii_digit)
                .collect();
            digits.parse().ok()
        }
        _ => None,
    }
}

fn objectives(extra: &Map<String, Value>) -> Vec<Objective> {
    match extra.get("slo").or_else(|| extra.get("slos")) {
        Some(Value::Array(items)) => items.iter().filter_map(objective).collect(),
        Some(value) => objective(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn objective(value: &Value) -> Option<Objective> {
    let Value::Object(map) = value else {
        let name = value.as_str()?.to_owned();
        return Some(Objective { name, target: None, breached: None, budget_used: None });
    };
    let number = |keys: &[&str]| keys.iter().find_map(|key| map.get(*key)).and_then(percent);
    Some(Objective {
        name: map.get("name").and_then(Value::as_str).unwrap_or("unnamed").to_owned(),
        target: number(&["target", "objective"]),
        breached: map.get("breached").and_then(Value::as_bool),
        budget_used: number(&["budget_used", "error_budget_used", "error_budget", "budget_consumed"]),
    })
}

fn percent(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().trim_end_matches('%').trim().parse().ok(),
        _ => None,
    }
}

fn roles(extra: &Map<String, Value>) -> Vec<String> {
    let mut found: Vec<String> =
        ROLES.iter().filter(|key| extra.contains_key(**key)).map(|key| key.replace('_', " ")).collect();
    if let Some(Value::Object(map)) = extra.get("roles") {
        found.extend(map.keys().map(|key| key.replace('_', " ")));
    }
    found.sort();
    found.dedup();
    found
}
