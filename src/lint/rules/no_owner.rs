//! ACT003 An action without a person, handle or team is nobody's.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, action};

pub(super) static ENTRY: Rule = Rule {
    id: "ACT003",
    name: "no-owner",
    family: "action-no-owner",
    level: Severity::Warning,
    rationale: "An action without a person, handle or team is nobody's.",
    question: "Who will see it through?",
    bad: &[action("Add a limit to the upload form.")],
    good: &[action("Add a limit to the upload form. Owner: web.")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for task in page.tasks().iter().filter(|task| task.owner.is_none()) {
        found.push(Placed::new(task.span, "this action has no owner"));
    }
}
