//! TIM001 A clock time with no zone in its entry, table header, section sentence or front matter.

use crate::domain::Severity;
use crate::lint::entries;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document, timeline};

pub(super) static ENTRY: Rule = Rule {
    id: "TIM001",
    name: "time-without-zone",
    family: "time-no-timezone",
    level: Severity::Warning,
    rationale: "A clock time with no zone in its entry, table header, section sentence or front matter.",
    question: "Which zone was the clock in?",
    bad: &[timeline("22:15 failover")],
    good: &[
        timeline("22:15 UTC failover"),
        document("## Timeline\n\nAll times in CEST.\n\n- 22:15 failover\n"),
        document("## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n| 22:15 | failover |\n"),
    ],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    let zone = entries::document_zone(page);
    for entry in page.entries() {
        if entry.zone.is_none() && !entry.zone_around {
            let placed = Placed::new(
                entry.time_span,
                format!("“{}” carries no time zone", entry.time_span.of(page.source)),
            );
            found.push(match &zone {
                // the document says it elsewhere: no gap in the facts, a line that is read alone still lacks it
                Some(zone) => Placed {
                    level: Some(Severity::Info),
                    ..placed.with_fix(format!("{} {zone}", entry.time_span.of(page.source)))
                },
                None => placed,
            });
        }
    }
}
