//! CAU004 A five-whys list with fewer than three answers, or an answer that repeats the question.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, cause};
use crate::lint::why_chain;

pub(super) static ENTRY: Rule = Rule {
    id: "CAU004",
    name: "why-chain-too-short",
    family: "why-chain-too-short",
    level: Severity::Info,
    rationale: "A five-whys list with fewer than three answers, or an answer that repeats the question.",
    question: "And why was that so?",
    bad: &[cause("1. Why? It broke.")],
    good: &[cause(
        "1. Why? The page was blank.\n2. Why? The value was null.\n3. Why? The column is hidden.\n4. Why? The template hides columns after M.",
    )],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for answer in why_chain::last_answers(page) {
        if answer.length < 3 && answer.first_is_one {
            found.push(Placed::new(
                answer.span,
                format!("the why chain has {} of at least 3 answers", answer.length),
            ));
        }
    }
}
