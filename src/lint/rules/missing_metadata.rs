//! STR005 No date, severity or author.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::skeleton;
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "STR005",
    name: "missing-metadata",
    family: "missing-metadata",
    level: Severity::Warning,
    rationale: "No date, severity or author.",
    question: "When was it, how bad was it, who wrote this?",
    bad: &[document(
        "# Outage\n\n## Summary\n\nDown.\n\n## Impact\n\n310 orders.\n\n## Root cause\n\nDisk.\n\n## Action items\n\n- Add an alert\n",
    )],
    good: &[document(
        "# Outage\n\nDate 2027-01-02, SEV-2, author Ludo\n\n## Summary\n\nDown.\n\n## Impact\n\n310 orders.\n\n## Root cause\n\nDisk.\n\n## Action items\n\n- Add an alert\n",
    )],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    if !skeleton::is_postmortem(page) {
        return;
    }
    let missing = skeleton::missing_metadata(page);
    if !missing.is_empty() {
        let title = page
            .sections
            .iter()
            .find(|section| section.heading.is_some())
            .map_or(Span::new(0, 0), |section| page.heading_span(section));
        found.push(Placed::new(title, format!("the document names no {}", missing.join(", "))));
    }
}
