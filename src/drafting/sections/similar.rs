//! Past incidents that resemble this one, what the likeness rests on, and what is still open from then.

use super::{Writer, bullets};
use crate::document::SectionKind;
use crate::domain::{Match, MatchVerdict};
use crate::drafting::inert::{clip, inert, quoted};
use crate::drafting::page::Page;
use crate::drafting::reading::Reading;

pub(super) struct Similar;
pub(super) static ENTRY: Similar = Similar;

impl Writer for Similar {
    fn kind(&self) -> SectionKind {
        SectionKind::Similar
    }

    fn write(&self, reading: &Reading<'_>, page: &mut Page<'_>) -> String {
        let shown: Vec<&Match> =
            reading.matches.iter().filter(|found| found.verdict != MatchVerdict::None).collect();
        if shown.is_empty() {
            return "No past incident in the history is close enough to name.".to_owned();
        }
        if let Some(likely) = shown.iter().find(|found| found.verdict == MatchVerdict::LikelyRepeat) {
            page.ask(format!("Is this a repeat of {}?", likely.id), "a person who knows both incidents");
        }
        format!(
            "Suggestions by shared wording; a person confirms or rejects each.\n\n{}",
            bullets(shown.into_iter().map(entry))
        )
    }
}

fn entry(found: &Match) -> String {
    let verdict = match found.verdict {
        MatchVerdict::LikelyRepeat => "a likely repeat",
        MatchVerdict::Related | MatchVerdict::None => "related",
    };
    let mut text = format!(
        "**{}** {}: {verdict}, probability {:.2}",
        inert(&found.id),
        inert(&found.title),
        found.probability
    );
    if let Some(days) = found.days_since {
        text.push_str(&format!(", {days} days earlier"));
    }
    text.push('.');
    let code = |items: &[String]| {
        items
            .iter()
            .take(8)
            .map(|item| format!("`{}`", item.replace(['`', '|', '\n'], " ").trim()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    if !found.shared.terms.is_empty() {
        text.push_str(&format!(" Shared terms: {}.", code(&found.shared.terms)));
    }
    if !found.shared.services.is_empty() {
        text.push_str(&format!(" Shared services: {}.", code(&found.shared.services)));
    }
    for (here, there) in found.shared.quotes.iter().take(2) {
        text.push_str(&format!(
            "\n  - here {}, there {}",
            quoted(&clip(here, 160)),
            quoted(&clip(there, 160))
        ));
    }
    for action in found.open_actions.iter().take(5) {
        let due = action.due.map(|due| format!(", due {due}")).unwrap_or_default();
        let owner =
            action.owner.as_deref().map(|owner| format!(", owner {}", inert(owner))).unwrap_or_default();
        text.push_str(&format!(
            "\n  - still {}: {} {}{owner}{due}",
            action.status.name(),
            inert(&action.id),
            quoted(&clip(&action.action, 160))
        ));
    }
    text
}
