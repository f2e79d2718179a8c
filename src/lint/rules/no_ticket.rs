//! ACT007 No ticket or pull request to follow the action in.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, action};

pub(super) static ENTRY: Rule = Rule {
    id: "ACT007",
    name: "no-ticket",
    family: "action-no-ticket",
    level: Severity::Info,
    on: false,
    rationale: "No ticket or pull request to follow the action in.",
    question: "Where is the work tracked?",
    bad: &[action("Add a limit; owner: web; 2027-01-22")],
    good: &[action("Add a limit; owner: web; 2027-01-22; WEB-55")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for task in page.tasks().iter().filter(|task| !task.ticket) {
        found.push(Placed::new(task.span, "this action names no ticket"));
    }
}
