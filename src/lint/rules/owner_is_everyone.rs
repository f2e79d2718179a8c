//! ACT005 Everyone, all, we, TBD as owner is no owner.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, action};

pub(super) static ENTRY: Rule = Rule {
    id: "ACT005",
    name: "owner-is-everyone",
    family: "action-no-owner",
    level: Severity::Warning,
    rationale: "Everyone, all, we, TBD as owner is no owner.",
    question: "Which one person or team?",
    bad: &[action("Add a limit. Owner: all engineers")],
    good: &[action("Add a limit. Owner: web (lead: Ludo)")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for task in page.tasks() {
        if let Some(owner) = task.owner.as_ref().filter(|owner| owner.is_nobody()) {
            found.push(Placed::new(
                owner.span,
                format!("“{}” is no owner: nobody in particular will do it", owner.name),
            ));
        }
    }
}
