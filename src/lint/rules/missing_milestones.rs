//! TIM006 No start, detection, mitigation or end in the timeline.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};
use crate::lint::section::SectionKind;

pub(super) static ENTRY: Rule = Rule {
    id: "TIM006",
    name: "missing-milestones",
    family: "missing-milestones",
    level: Severity::Info,
    rationale: "No start, detection, mitigation or end in the timeline.",
    question: "When did it start, when was it noticed, when was it mitigated, when was it over?",
    bad: &[document("## Timeline\n\n- 10:00 UTC the page changes colour\n- 10:05 UTC second thing\n")],
    good: &[document(
        "## Timeline\n\n- 10:00 UTC deploy starts, errors begin\n- 10:04 UTC alert fires\n- 10:12 UTC rollback\n- 10:15 UTC resolved\n",
    )],
    page: Some(check_page),
    ..Rule::BLANK
};

const MILESTONES: [(&str, &[&str]); 4] = [
    (
        "start",
        &[
            "start",
            "begin",
            "began",
            "deploy",
            "rollout",
            "first error",
            "introduced",
            "merged",
            "released",
            "pushed",
            "expired",
            "upgrade",
            "migration",
            "change",
        ],
    ),
    (
        "detection",
        &[
            "detect", "alert", "page", "alarm", "notic", "report", "ticket", "aware", "customer", "complain",
            "fires", "fired", "spot", "discover",
        ],
    ),
    (
        "mitigation",
        &[
            "mitigat",
            "rollback",
            "rolled back",
            "roll back",
            "revert",
            "restart",
            "fail over",
            "failover",
            "workaround",
            "scaled",
            "scales",
            "restore",
            "fix",
            "put back",
            "disabled",
            "cancel",
            "drain",
            "renewed",
        ],
    ),
    (
        "end",
        &[
            "resolv",
            "recover",
            "normal",
            "closed",
            "end",
            "back to",
            "all clear",
            "healthy",
            "complete",
            "baseline",
            "restored",
            "drained",
            "works again",
        ],
    ),
];

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    for section in page.sections_of(SectionKind::Timeline) {
        let nested = section.level > 1
            && page.sections.iter().any(|outer| {
                outer.kind == Some(SectionKind::Timeline)
                    && outer.level < section.level
                    && outer.heading.is_some()
            });
        let text = page.body(section).of(page.source).to_lowercase();
        if nested || page.entries().is_empty() {
            continue;
        }
        let missing: Vec<&str> = MILESTONES
            .iter()
            .filter(|(_, words)| !words.iter().any(|word| text.contains(word)))
            .map(|(name, _)| *name)
            .collect();
        if !missing.is_empty() {
            found.push(Placed::new(
                page.heading_span(section),
                format!("the timeline tells no {}", missing.join(", ")),
            ));
        }
    }
}
