//! TIM002 More than one zone in a timeline without conversion.

use crate::domain::Severity;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};

pub(super) static ENTRY: Rule = Rule {
    id: "TIM002",
    name: "mixed-zones",
    family: "mixed-zones",
    level: Severity::Info,
    rationale: "More than one zone in a timeline without conversion.",
    question: "What are these times in one zone?",
    bad: &[document("## Timeline\n\n- 09:00 PST deploy\n- 18:10 CET rollback\n")],
    good: &[document("## Timeline\n\n- 17:00 UTC deploy\n- 17:10 UTC rollback\n")],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    let entries = page.entries();
    let mut zones = entries.iter().filter_map(|entry| entry.zone.as_deref().map(|zone| (zone, entry)));
    let Some((first, _)) = zones.next() else { return };
    if let Some((other, entry)) = zones.find(|(zone, _)| *zone != first) {
        found.push(Placed::new(entry.time_span, format!("times in {first} and {other} stand side by side")));
    }
}
