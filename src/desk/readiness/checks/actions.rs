//! Action items that cannot be followed up.

use crate::desk::readiness::{Check, Obstacle, Reading, Stage};
use crate::document::{SectionKind, action_items};
use crate::domain::{ActionItem, ActionStatus};

pub(super) struct Actions;
pub(super) static ENTRY: Actions = Actions;

impl Check for Actions {
    fn id(&self) -> &'static str {
        "actions"
    }

    fn about(&self) -> &'static str {
        "Every open action is accepted and has owner, due date and a way to see that it works"
    }

    fn since(&self) -> Stage {
        Stage::Final
    }

    fn find(&self, reading: &Reading<'_>) -> Vec<Obstacle> {
        let from = reading.line_of(SectionKind::Actions);
        action_items(&reading.parsed.postmortem)
            .into_iter()
            .filter(|item| item.status.is_open())
            .filter_map(|item| {
                let lacks = lacks(&item);
                let (last, others) = lacks.split_last()?;
                let list = if others.is_empty() {
                    (*last).to_owned()
                } else {
                    format!("{} or {last}", others.join(", "))
                };
                Some(Obstacle {
                    line: reading.line_with(place(&item), from),
                    check: self.id(),
                    message: format!("action {} has no {list}", item.id),
                    help: "fill the cells in, or set the status to dropped and say why".to_owned(),
                })
            })
            .collect()
    }
}

/// What to look for in the source.
fn place(item: &ActionItem) -> &str {
    if item.id.starts_with('#') { &item.action } else { &item.id }
}

fn lacks(item: &ActionItem) -> Vec<&'static str> {
    [
        ("owner", item.owner.is_none()),
        ("due date", item.due.is_none()),
        ("verification", item.verification.is_none()),
        ("acceptance (its status is still proposed)", item.status == ActionStatus::Proposed),
    ]
    .into_iter()
    .filter_map(|(what, missing)| missing.then_some(what))
    .collect()
}
