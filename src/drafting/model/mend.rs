//! Asking once more for sentences that were discarded, over the lines that they need and no others.

use std::collections::BTreeSet;

use minijinja::context;

use super::check::Unsound;
use super::evidence;
use super::plan::Planner;
use super::prompts::PromptError;
use super::reply;
use crate::domain::EventId;
use crate::drafting::ground::Ledger;
use crate::drafting::{Message, Request, Speaker};
use crate::redact::Redactor;

/// Lines offered for one sentence beside those that it cites.
const RELATED: usize = 4;
/// Tokens that one sentence may take in the answer.
const SENTENCE: usize = 160;

/// The request that names what was wrong with each sentence.
pub(super) fn request(
    planner: &Planner<'_, '_, '_>,
    ledger: &Ledger,
    purpose: &str,
    unsound: &[Unsound],
    redactor: &mut Redactor,
) -> Result<Request, PromptError> {
    let mut ids: BTreeSet<EventId> = BTreeSet::new();
    for bad in unsound {
        ids.extend(&bad.evidence);
        ids.extend(ledger.related(&bad.text, RELATED));
    }
    let ids: Vec<EventId> = ids.into_iter().collect();
    let problems: Vec<String> = unsound.iter().map(problem).collect();
    let lines = evidence::some(planner.reading, &ids);
    let text = planner.prompts.render("retry", context! { problems => problems, lines => lines })?;
    let system = planner.prompts.render("system", context! {})?;
    let mut message = |role, text: &str| Message { role, content: redactor.redact(text) };
    let messages = vec![message(Speaker::System, &system), message(Speaker::User, &text)];
    let sections: BTreeSet<&str> = unsound.iter().map(|bad| bad.proposed.section.as_str()).collect();
    let sections: Vec<&str> = sections.into_iter().filter(|section| !section.is_empty()).collect();
    let room = u32::try_from(unsound.len() * SENTENCE + 400).unwrap_or(u32::MAX);
    Ok(Request {
        purpose: format!("{purpose}, once more"),
        messages,
        schema: Some(reply::schema(&sections)),
        max_tokens: room.min(planner.limits.answer),
    })
}

/// The sentence as the model wrote it, with where it stood and why it fell.
fn problem(bad: &Unsound) -> String {
    let said = &bad.proposed;
    let cited: Vec<u32> = said.evidence.iter().map(|id| id.0).collect();
    serde_json::json!({
        "section": said.section,
        "text": said.text,
        "evidence": cited,
        "label": said.label,
        "discarded because": bad.reason,
    })
    .to_string()
}
