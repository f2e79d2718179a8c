//! STR003 TBD, TODO, XXX, lorem, "describe here": template text left.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::skeleton;

pub(super) static ENTRY: Rule = Rule {
    id: "STR003",
    name: "placeholder",
    family: "placeholder-left",
    level: Severity::Warning,
    rationale: "TBD, TODO, XXX, lorem, \"describe here\": template text left.",
    question: "What is known, and who will know the rest?",
    bad: &[document("## Impact\n\nImpact: to be filled\n"), document("## Impact\n\nTBD\n")],
    good: &[
        document("## Impact\n\nImpact: 310 orders\n"),
        document("## Root cause\n\nThe job `TODO-sync` stopped.\n"),
    ],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for span in skeleton::placeholders(page) {
        found.push(Placed::new(span, format!("“{}” was left from the template", span.of(page.source))));
    }
}
