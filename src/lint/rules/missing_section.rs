//! STR001 A required section (with synonyms) is not there.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::skeleton;
use crate::text::Span;

pub(super) static ENTRY: Rule = Rule {
    id: "STR001",
    name: "missing-section",
    family: "section-missing",
    level: Severity::Error,
    rationale: "A required section (with synonyms) is not there.",
    question: "What would a reader look for under this heading?",
    bad: &[document(
        "# Outage of the shop\n\n## Summary\n\nThe shop was down.\n\n## Root cause\n\nA full disk met a missing alert.\n\n## Action items\n\n- Add an alert (owner: web, due 2027-01-22)\n",
    )],
    good: &[
        document(
            "# Outage\n\n## Summary\n\nDown for 9 min.\n\n## Impact\n\n310 orders.\n\n## Timeline\n\n- 10:00 UTC start\n\n## Root cause\n\nDisk.\n\n## Action items\n\n- Add an alert (owner: web, due 2027-01-22)\n\n## Lessons learned\n\nQuotas help.\n",
        ),
        document("## Notes\n\nA fragment is no postmortem.\n"),
    ],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    if !skeleton::is_postmortem(page) {
        return;
    }
    for missing in skeleton::missing(page) {
        // the document lacks it, not its title: the first line stands for the whole
        let first = page.source.lines().next().unwrap_or_default().trim_end();
        found.push(Placed::new(Span::new(0, first.len()), format!("the section “{missing}” is missing")));
    }
}
