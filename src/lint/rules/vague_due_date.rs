//! ACT006 Soon, ongoing, next sprint, a quarter, as soon as possible: no day to check.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, action};
use crate::lint::tasks::Due;

pub(super) static ENTRY: Rule = Rule {
    id: "ACT006",
    name: "vague-due-date",
    family: "action-no-date",
    level: Severity::Warning,
    rationale: "Soon, ongoing, next sprint, a quarter, as soon as possible: no day to check.",
    question: "Which day?",
    bad: &[action("Add a limit. Owner: web. Due: when possible")],
    good: &[action("Add a limit. Owner: web. Due: 2027-01-22")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for task in page.tasks() {
        if let Due::Vague(span) = task.due {
            found.push(Placed::new(span, format!("“{}” is no date", span.of(page.source))));
        }
    }
}
