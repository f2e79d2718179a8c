//! STR002 A heading with no content, only a comment, N/A or a dash.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::section::SectionKind;
use crate::lint::skeleton;

pub(super) static ENTRY: Rule = Rule {
    id: "STR002",
    name: "empty-section",
    family: "section-empty",
    level: Severity::Error,
    rationale: "A heading with no content, only a comment, N/A or a dash.",
    question: "What belongs here, or may the heading go?",
    bad: &[document("# Outage\n\n## Impact\n\nN.A.\n\n## Timeline\n\n- 10:00 UTC start\n")],
    good: &[document("# Outage\n\n## Impact\n\n310 orders delayed by up to 9 min\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for section in &page.sections {
        if section.heading.is_none()
            || section.level < 2
            || section.kind == Some(SectionKind::Actions)
                && skeleton::says_none_in_words(page.body(section).of(page.source))
        {
            continue;
        }
        if skeleton::is_empty(page.body(section).of(page.source)) {
            found.push(Placed::new(page.heading_span(section), "nothing stands under this heading"));
        }
    }
}
