//! TIM003 Entries go back in time (after zone conversion).

use crate::domain::Severity;
use crate::lint::entries::Entry;
use crate::lint::page::Page;
use crate::lint::rule::{Placed, Rule, document};

pub(super) static ENTRY: Rule = Rule {
    id: "TIM003",
    name: "out-of-order",
    family: "timeline-order",
    level: Severity::Warning,
    rationale: "Entries go back in time (after zone conversion).",
    question: "Is a date missing, or does the entry belong further up?",
    bad: &[document("## Timeline\n\n- 10:40 UTC rollback\n- 10:31 UTC alert\n")],
    good: &[
        document("## Timeline\n\n- 10:31 UTC alert\n- 10:40 UTC rollback\n"),
        document("## Timeline\n\n- 23:50 UTC alert\n- 00:10 UTC rollback\n"),
    ],
    page: Some(check_page),
    ..Rule::BLANK
};

fn check_page(page: &Page<'_>, found: &mut Vec<Placed>) {
    let mut before: Option<&Entry> = None;
    for entry in page.entries() {
        if let Some(previous) = before.filter(|previous| previous.block_group == entry.block_group)
            && entry.goes_back_from(previous)
        {
            let message = format!(
                "“{}” comes after “{}”",
                entry.time_span.of(page.source),
                previous.time_span.of(page.source)
            );
            found.push(Placed::new(entry.time_span, message));
        }
        before = Some(entry);
    }
}
