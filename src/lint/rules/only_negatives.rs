//! STR006 No "what went well" or "luck" part: what worked is worth keeping.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::section::SectionKind;
use crate::lint::skeleton;
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "STR006",
    name: "only-negatives",
    family: "only-negatives",
    level: Severity::Info,
    rationale: "No \"what went well\" or \"luck\" part: what worked is worth keeping.",
    question: "What limited the damage, by design or by luck?",
    bad: &[document(
        "# Outage\n\n## Summary\n\nDown.\n\n## Impact\n\n310 orders.\n\n## Root cause\n\nDisk.\n\n## Action items\n\n- Add an alert\n",
    )],
    good: &[document(
        "# Outage\n\n## Summary\n\nDown.\n\n## Impact\n\n310 orders.\n\n## Root cause\n\nDisk.\n\n## What went well\n\n- The backup.\n\n## Action items\n\n- Add an alert\n",
    )],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    let told = page.lower().contains("went well") || page.sections_of(SectionKind::WentWell).next().is_some();
    if skeleton::is_postmortem(page) && !told {
        let title = page
            .sections
            .iter()
            .find(|section| section.heading.is_some())
            .map_or(Span::new(0, 0), |section| page.heading_span(section));
        found.push(Placed::new(title, "nothing tells what went well"));
    }
}
