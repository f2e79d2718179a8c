//! What a tracker says of the items, read from its exports, and what that would change in the documents.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::Tracked;
use crate::document::parse_moment;
use crate::domain::ActionStatus;

/// One issue of a tracker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// `#12` or `OPS-4521`.
    pub key: String,
    pub url: String,
    pub title: String,
    pub body: String,
    pub status: ActionStatus,
    pub closed: Option<Date>,
}

/// An export that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TicketError {
    #[error("this is neither GitHub issues as JSON nor a Jira export as JSON or CSV")]
    Unknown,
    #[error("line {line}: {reason}")]
    Csv { line: u64, reason: String },
}

/// A change of status that a tracker suggests; a person applies it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    pub key: String,
    pub path: String,
    pub from: ActionStatus,
    pub to: ActionStatus,
    pub closed: Option<Date>,
    pub ticket: String,
    /// What ties item and ticket together.
    pub because: &'static str,
}

/// Reads `gh issue list --json number,title,state,stateReason,closedAt,url,body`, the GitHub API's list, Jira's search
/// result or Jira's CSV export.
pub fn read_tickets(text: &str) -> Result<Vec<Ticket>, TicketError> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(issues)) => Ok(issues.iter().filter_map(github).collect()),
        Ok(Value::Object(result)) => match result.get("issues").or_else(|| result.get("items")) {
            Some(Value::Array(issues)) => {
                Ok(issues.iter().filter_map(|issue| jira(issue).or_else(|| github(issue))).collect())
            }
            _ => Err(TicketError::Unknown),
        },
        _ => jira_csv(text),
    }
}

fn text<'v>(value: &'v Value, path: &[&str]) -> &'v str {
    path.iter().try_fold(value, |value, key| value.get(key)).and_then(Value::as_str).unwrap_or_default()
}

fn github(issue: &Value) -> Option<Ticket> {
    let number = issue.get("number")?.as_u64()?;
    let either = |left, right| {
        if text(issue, &[left]).is_empty() { text(issue, &[right]) } else { text(issue, &[left]) }
    };
    let state = text(issue, &["state"]).to_lowercase();
    let reason = either("stateReason", "state_reason").to_lowercase();
    let status = match (state.as_str(), reason.as_str()) {
        ("closed", "not_planned" | "duplicate") => ActionStatus::Dropped,
        ("closed", _) => ActionStatus::Done,
        _ => ActionStatus::Open,
    };
    Some(Ticket {
        key: format!("#{number}"),
        url: either("html_url", "url").to_owned(),
        title: text(issue, &["title"]).to_owned(),
        body: text(issue, &["body"]).to_owned(),
        status,
        closed: day(either("closedAt", "closed_at")).filter(|_| state == "closed"),
    })
}

fn jira(issue: &Value) -> Option<Ticket> {
    let key = issue.get("key")?.as_str()?;
    let category = text(issue, &["fields", "status", "statusCategory", "key"]);
    let status = status(
        text(issue, &["fields", "status", "name"]),
        category,
        text(issue, &["fields", "resolution", "name"]),
    );
    Some(Ticket {
        key: key.to_owned(),
        url: text(issue, &["self"]).to_owned(),
        title: text(issue, &["fields", "summary"]).to_owned(),
        body: text(issue, &["fields", "description"]).to_owned(),
        status,
        closed: day(text(issue, &["fields", "resolutiondate"])).filter(|_| !status.is_open()),
    })
}

fn jira_csv(source: &str) -> Result<Vec<Ticket>, TicketError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source.as_bytes());
    let fail = |error: &csv::Error| TicketError::Csv {
        line: error.position().map_or(1, csv::Position::line),
        reason: error.to_string(),
    };
    let head = reader.headers().map_err(|error| fail(&error))?.clone();
    let column =
        |names: &[&str]| head.iter().position(|name| names.contains(&name.trim().to_lowercase().as_str()));
    let (Some(key), Some(state)) = (column(&["issue key", "key"]), column(&["status"])) else {
        return Err(TicketError::Unknown);
    };
    let (title, body) = (column(&["summary"]), column(&["description"]));
    let (resolution, resolved) = (column(&["resolution"]), column(&["resolved", "resolution date"]));
    let mut tickets = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| fail(&error))?;
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default().to_owned();
        let status = status(&cell(Some(state)), "", &cell(resolution));
        tickets.push(Ticket {
            key: cell(Some(key)),
            url: String::new(),
            title: cell(title),
            body: cell(body),
            status,
            closed: day(&cell(resolved)).filter(|_| !status.is_open()),
        });
    }
    Ok(tickets)
}

fn status(name: &str, category: &str, resolution: &str) -> ActionStatus {
    let (name, resolution) = (name.to_lowercase(), resolution.to_lowercase());
    let done = category == "done"
        || matches!(name.as_str(), "done" | "closed" | "resolved" | "complete" | "completed");
    let refused = ["won't", "wont", "duplicate", "cannot reproduce", "declined", "cancel", "obsolete"];
    match done {
        true if refused.iter().any(|word| resolution.contains(word) || name.contains(word)) => {
            ActionStatus::Dropped
        }
        true => ActionStatus::Done,
        false if refused.iter().any(|word| name.contains(word)) => ActionStatus::Dropped,
        false if category == "indeterminate" || name.contains("progress") || name.contains("review") => {
            ActionStatus::InProgress
        }
        false => ActionStatus::Open,
    }
}

fn day(text: &str) -> Option<Date> {
    parse_moment(text)?.instant().map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// Items whose ticket says something else than the document, in the order of the items.
#[must_use]
pub fn propose(items: &[Tracked], tickets: &[Ticket]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for one in items {
        let Some((ticket, because)) = ticket_of(one, tickets) else { continue };
        let item = &one.item;
        let tells_more = ticket.status == ActionStatus::Open && item.status.is_open();
        if ticket.status == item.status || tells_more {
            continue;
        }
        proposals.push(Proposal {
            key: one.key.clone(),
            path: one.path.clone(),
            from: item.status,
            to: ticket.status,
            closed: ticket.closed,
            ticket: if ticket.url.is_empty() { ticket.key.clone() } else { ticket.url.clone() },
            because,
        });
    }
    proposals
}

fn ticket_of<'t>(one: &Tracked, tickets: &'t [Ticket]) -> Option<(&'t Ticket, &'static str)> {
    let tracking = one.item.tracking.as_deref().unwrap_or_default();
    let tracked = tickets.iter().find(|ticket| {
        has_word(tracking, &ticket.key) || !ticket.url.is_empty() && has_word(tracking, &ticket.url)
    });
    let named = || {
        tickets.iter().find(|ticket| has_word(&ticket.body, &one.key) || has_word(&ticket.title, &one.key))
    };
    let same = || {
        let mut equal = tickets.iter().filter(|ticket| ticket.title.trim() == one.item.action.trim());
        equal.next().filter(|_| equal.next().is_none())
    };
    tracked
        .map(|ticket| (ticket, "the item's tracking names it"))
        .or_else(|| named().map(|ticket| (ticket, "it names the item")))
        .or_else(|| same().map(|ticket| (ticket, "title and action are the same")))
}

/// Whether `needle` stands in `hay` as a whole: `#12` is not in `#123`.
fn has_word(hay: &str, needle: &str) -> bool {
    !needle.is_empty()
        && hay.match_indices(needle).any(|(at, found)| {
            let before = hay[..at].chars().next_back();
            let after = hay[at + found.len()..].chars().next();
            let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
            !inside(before) && !inside(after)
        })
}
