//! TIM007 The stated duration differs from end minus start.

use crate::domain::Severity;
use crate::lint::duration;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, summary};

pub(super) static ENTRY: Rule = Rule {
    id: "TIM007",
    name: "duration-mismatch",
    family: "duration-mismatch",
    level: Severity::Warning,
    rationale: "The stated duration differs from end minus start.",
    question: "Which of the three is wrong?",
    bad: &[summary("Duration 2 h; 10:00-10:40 UTC")],
    good: &[summary("Duration 40 min; 10:00-10:40 UTC"), summary("Duration: 13:30 – 14:12 UTC (42 minutes)")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for (span, stated, computed) in duration::mismatches(page) {
        found.push(Placed::new(
            span,
            format!("the stated duration is {stated} min, the times are {computed} min apart"),
        ));
    }
}
