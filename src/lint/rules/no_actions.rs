//! ACT009 The action section is missing, empty or only placeholders.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::section::SectionKind;
use crate::lint::skeleton;

pub(super) static ENTRY: Rule = Rule {
    id: "ACT009",
    name: "no-actions",
    family: "no-actions",
    level: Severity::Error,
    rationale: "The action section is missing, empty or only placeholders.",
    question: "What will change, or why is nothing to change?",
    bad: &[document(
        "# Outage\n\n## Summary\n\nThe shop was down for 4 minutes.\n\n## Root cause\n\nA full disk and a missing alert.\n\n## Action items\n\nnone\n",
    )],
    good: &[document(
        "# Outage\n\n## Summary\n\nThe shop was down.\n\n## Root cause\n\nA full disk and a missing alert.\n\n## Action items\n\n- Add an alert at 80% (owner: web, due 2027-01-22)\n",
    )],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for section in page.sections_of(SectionKind::Actions) {
        let body = page.body(section);
        if skeleton::says_none(body.of(page.source)) {
            found.push(Placed::new(
                page.heading_span(section),
                "the action section holds no action and no reason for none",
            ));
        }
    }
}
