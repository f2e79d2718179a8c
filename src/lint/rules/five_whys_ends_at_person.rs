//! BLM013 A why chain whose last answer has a human subject or a trait stops one question too early.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, cause};
use crate::lint::why_chain;

pub(super) static ENTRY: Rule = Rule {
    id: "BLM013",
    name: "five-whys-ends-at-person",
    family: "five-whys-person",
    level: Severity::Error,
    rationale: "A why chain whose last answer has a human subject or a trait stops one question too early.",
    question: "And why did that make sense to the person at that moment?",
    bad: &[cause("1. Why? The page was blank. 2. Why? The value was null.\n\n5. Why? She was in a hurry.")],
    good: &[cause("5. Why? The deploy window is 20 minutes and the checklist takes 35.")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for answer in why_chain::last_answers(page) {
        if answer.human {
            found.push(Placed::new(answer.span, "the last answer of the why chain is a person"));
        }
    }
}
