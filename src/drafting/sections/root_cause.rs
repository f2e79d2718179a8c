//! Five whys in branches, each answer with its evidence, and the conditions as a fishbone.

use super::Writer;
use crate::document::SectionKind;
use crate::domain::FactorCategory;
use crate::drafting::cues::condition;
use crate::drafting::cues::whys::{self, Branch};
use crate::drafting::inert::{clip, mermaid_label};
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;
use crate::drafting::sections::contributing_factors::FACTORS;
use crate::drafting::wording::capitalised;

pub(super) struct RootCause;
pub(super) static ENTRY: RootCause = RootCause;

impl Writer for RootCause {
    fn kind(&self) -> SectionKind {
        SectionKind::RootCause
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let mut parts: Vec<String> =
            Branch::ALL.into_iter().filter_map(|branch| branch_list(reading, page, branch)).collect();
        if parts.is_empty() {
            page.ask(
                "Why did the service stop working?",
                "logs of the failing component and the people who responded",
            );
            return "The evidence does not say why; no cited line states a mechanism, a change or a condition (see Open questions).".to_owned();
        }
        parts.extend(fishbone(reading));
        parts.join("\n\n")
    }
}

fn branch_list(reading: &Reading<'_>, page: &mut Page<'_>, branch: Branch) -> Option<String> {
    let mut items = Vec::new();
    let mut last = None;
    for answer in whys::chain(reading, branch) {
        let Some(quote) = reading.quotation(&answer.text, 260) else { continue };
        last = Some(format!("'{}'", clip(answer.text.trim_end_matches('.'), 120)));
        items.extend(page.cite(answer.kind, &format!("{}{quote}.", answer.lead), &answer.evidence));
    }
    if items.is_empty() {
        return None;
    }
    items.push("*The evidence does not say why that was so.*".to_owned());
    if let Some(last) = last {
        page.ask(
            format!("What made this possible: {last}?"),
            "the owners of the components named there, in the review",
        );
    }
    let list: Vec<String> =
        items.iter().enumerate().map(|(at, item)| format!("{}. {item}", at + 1)).collect();
    Some(format!("**{}**\n\n{}", branch.question(), list.join("\n")))
}

/// A fishbone of the stated conditions; labels are escaped, the ids say where they come from.
pub(crate) fn fishbone(reading: &Reading<'_>) -> Option<String> {
    let conditions: Vec<_> = condition::best(reading, FACTORS)
        .into_iter()
        .filter(|(_, text)| reading.quotation(text, 260).is_some())
        .collect();
    if conditions.is_empty() {
        return None;
    }
    let mut lines = vec![
        "```mermaid".to_owned(),
        "flowchart LR".to_owned(),
        format!("  effect[\"{}\"]", mermaid_label(&reading.timeline.incident.title, 70)),
    ];
    for category in FactorCategory::ALL {
        let bones: Vec<_> =
            conditions.iter().filter(|(_, text)| condition::category(text) == category).collect();
        if bones.is_empty() {
            continue;
        }
        lines.push(format!("  {}[\"{}\"] --> effect", category.name(), capitalised(category.name())));
        for (at, (line, text)) in bones.iter().enumerate() {
            let name = format!("{}{}", category.name(), at + 1);
            lines.push(format!(
                "  {name}[\"{} (E{})\"] --> {}",
                mermaid_label(text, 70),
                line.event.id.0,
                category.name()
            ));
        }
    }
    lines.push("```".to_owned());
    Some(lines.join("\n"))
}
