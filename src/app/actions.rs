//! The action items of a history: listed, exported, compared with their trackers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Error;
use crate::desk::actions::{Proposal, Tracked, propose, read_tickets, set_status, tracked};
use crate::document;
use crate::domain::Warning;
use crate::store::{self, Overwrite};

/// The items of a history and where their documents lie.
#[derive(Clone, Debug, Default)]
pub struct Followed {
    pub items: Vec<Tracked>,
    pub warnings: Vec<Warning>,
}

/// What became of proposals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Keys of items whose status was written.
    pub written: Vec<String>,
    /// Keys of items whose document has no place for a status.
    pub left: Vec<String>,
}

/// Reads every postmortem below the paths; an item's `path` can be opened from here.
///
/// # Errors
/// No history, or a path that does not exist.
pub fn follow(history: &[PathBuf]) -> Result<Followed, Error> {
    if history.is_empty() {
        return Err(Error::usage(
            "no history was given",
            "pass --history DIR with the postmortems, or set history in unblame.toml",
        ));
    }
    let (documents, warnings) = store::documents(history)?;
    let mut incidents = Vec::new();
    let mut teams = BTreeMap::new();
    for (order, found) in documents.iter().enumerate() {
        let postmortem = document::parse(&found.text).postmortem;
        let mut incident = postmortem.past_incident();
        if incident.id.is_empty() {
            incident.id =
                found.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        }
        incident.path = store::from_here(&found.path);
        incident.order = order;
        teams.insert(incident.id.clone(), postmortem.front.teams.clone());
        incidents.push(incident);
    }
    Ok(Followed { items: tracked(&incidents, &teams), warnings })
}

/// What the trackers' exports suggest.
///
/// # Errors
/// An export that is none of the known kinds, with its name.
pub fn proposals(items: &[Tracked], exports: &[PathBuf]) -> Result<Vec<Proposal>, Error> {
    let mut tickets = Vec::new();
    for path in exports {
        let read = read_tickets(&store::read_input(path)?);
        tickets.extend(read.map_err(|error| {
            Error::input(
                format!("{}: {error}", path.display()),
                "export with `gh issue list --state all --json number,title,state,stateReason,closedAt,url,body`, or as CSV or JSON from Jira",
            )
        })?);
    }
    Ok(propose(items, &tickets))
}

/// Writes proposals into the documents, each file once and atomically.
pub fn apply(items: &[Tracked], proposals: &[Proposal]) -> Result<Applied, Error> {
    let mut applied = Applied::default();
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    for proposal in proposals {
        let Some(one) = items.iter().find(|one| one.key == proposal.key && one.path == proposal.path) else {
            continue;
        };
        let path = PathBuf::from(&one.path);
        let is_markdown = path.extension().is_some_and(|ending| ending == "md" || ending == "markdown");
        let text = match texts.get(&path) {
            Some(text) => text.clone(),
            None => store::read_text(&path)?,
        };
        match set_status(&text, &one.item, proposal.to, proposal.closed).filter(|_| is_markdown) {
            Some(changed) => {
                texts.insert(path, changed);
                applied.written.push(proposal.key.clone());
            }
            None => applied.left.push(proposal.key.clone()),
        }
    }
    for (path, text) in &texts {
        store::write_atomically(path, text.as_bytes(), Overwrite::Yes)?;
    }
    Ok(applied)
}
