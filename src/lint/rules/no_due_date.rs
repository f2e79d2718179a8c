//! ACT004 An action without a date waits for ever.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, action};
use crate::lint::tasks::Due;

pub(super) static ENTRY: Rule = Rule {
    id: "ACT004",
    name: "no-due-date",
    family: "action-no-date",
    level: Severity::Warning,
    rationale: "An action without a date waits for ever.",
    question: "By which day?",
    bad: &[action("Add a limit (owner: web).")],
    good: &[
        action("Add a limit (owner: web, due 2027-01-22)."),
        action("Feed stops at a rate age of 30 min (Matteus, 14 August).").naming(&["Matteus"]),
    ],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for task in page.tasks().iter().filter(|task| task.due == Due::None && !task.done) {
        found.push(Placed::new(task.span, "this action has no due date"));
    }
}
