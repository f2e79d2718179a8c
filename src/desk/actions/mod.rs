//! Action items across a history: what is open, overdue, ageing; export to trackers; proposals from their state.

mod export;
mod status;
mod tickets;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

pub use export::{Format, export};
pub use status::set_status;
pub use tickets::{Proposal, Ticket, TicketError, propose, read_tickets};

use crate::domain::{ActionItem, ActionKind, PastIncident};

/// An action item with the incident that it comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tracked {
    /// Unique in the history: the item's id, with the incident's in front unless it is in it already.
    pub key: String,
    pub incident: String,
    pub title: String,
    /// File, relative to its history.
    pub path: String,
    /// Day on which the incident started.
    pub since: Option<Date>,
    pub services: Vec<String>,
    pub teams: Vec<String>,
    pub item: ActionItem,
}

/// How an item stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Closed,
    Open,
    /// Open although due before that day.
    Overdue,
}

/// Counts over a list of items; no count is kept of single people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub items: usize,
    pub open: usize,
    pub overdue: usize,
    pub open_over_6_months: usize,
    /// Open items without owner or without due date.
    pub not_followable: usize,
    pub open_by_type: BTreeMap<String, usize>,
    pub open_by_team: BTreeMap<String, usize>,
}

impl Tracked {
    /// As of a day: what was closed later was open then.
    #[must_use]
    pub fn standing(&self, as_of: Date) -> Standing {
        let open = match self.item.closed {
            Some(closed) => closed > as_of,
            None => self.item.status.is_open(),
        };
        match (open, self.item.due) {
            (false, _) => Standing::Closed,
            (true, Some(due)) if due < as_of => Standing::Overdue,
            (true, _) => Standing::Open,
        }
    }

    /// Open, and from an incident more than six months before that day.
    #[must_use]
    pub fn is_ageing(&self, as_of: Date) -> bool {
        let old =
            self.since.is_some_and(|since| since.checked_add(6.months()).is_ok_and(|limit| limit < as_of));
        old && self.standing(as_of) != Standing::Closed
    }

    fn kind_name(&self) -> &'static str {
        self.item.kind.map_or("no type", ActionKind::name)
    }
}

/// All items of a history: by incident date, then incident, then their order in it. `teams`: incident id to its teams.
#[must_use]
pub fn tracked(history: &[PastIncident], teams: &BTreeMap<String, Vec<String>>) -> Vec<Tracked> {
    let mut ordered: Vec<&PastIncident> = history.iter().collect();
    ordered.sort_by_key(|incident| (incident.date, incident.order, &incident.id));
    let mut all = Vec::new();
    for incident in ordered {
        for item in &incident.actions {
            let own = item.id.contains(&incident.id);
            let key = if own {
                item.id.clone()
            } else {
                format!("{}/{}", incident.id, item.id.trim_start_matches('#'))
            };
            all.push(Tracked {
                key,
                incident: incident.id.clone(),
                title: incident.title.clone(),
                path: incident.path.clone(),
                since: incident.date.map(|at| at.to_zoned(TimeZone::UTC).date()),
                services: incident.services.clone(),
                teams: teams.get(&incident.id).cloned().unwrap_or_default(),
                item: item.clone(),
            });
        }
    }
    all
}

/// Counts as of a day.
#[must_use]
pub fn summary(items: &[Tracked], as_of: Date) -> Summary {
    let mut summary = Summary { items: items.len(), ..Summary::default() };
    for one in items {
        let standing = one.standing(as_of);
        if standing == Standing::Closed {
            continue;
        }
        summary.open += 1;
        summary.overdue += usize::from(standing == Standing::Overdue);
        summary.open_over_6_months += usize::from(one.is_ageing(as_of));
        summary.not_followable += usize::from(one.item.owner.is_none() || one.item.due.is_none());
        *summary.open_by_type.entry(one.kind_name().to_owned()).or_default() += 1;
        let no_team = ["no team".to_owned()];
        for team in if one.teams.is_empty() { &no_team[..] } else { &one.teams } {
            *summary.open_by_team.entry(team.clone()).or_default() += 1;
        }
    }
    summary
}

#[cfg(test)]
mod tests;
