//! CAU002 A cause section with one statement and no contributing factors.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "CAU002",
    name: "single-cause-section",
    family: "single-cause-section",
    level: Severity::Info,
    rationale: "A cause section with one statement and no contributing factors.",
    question: "Which conditions of process, tool, environment and documentation had to come together?",
    bad: &[document("# Outage\n\n## Root cause\n\nBad disk.\n")],
    good: &[document(
        "# Outage\n\n## Contributing factors\n\n- The disk was past its rated hours.\n- The alert for reallocated sectors was off.\n- The spare had gone to another site.\n",
    )],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    if page.blocks_in(SectionKind::ContributingFactors).next().is_some() {
        return;
    }
    for section in page.sections_of(SectionKind::RootCause) {
        let nested =
            page.sections.iter().filter(|other| other.kind == Some(SectionKind::RootCause)).count() > 1;
        let statements =
            page.sentences.iter().filter(|sentence| section.blocks.contains(&sentence.block)).count();
        if statements == 1 && !nested {
            found.push(Placed::new(
                page.heading_span(section),
                "one statement stands for the cause; contributing factors are missing",
            ));
        }
    }
}
