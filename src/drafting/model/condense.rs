//! From the facts of condensed parts to the requests for the sections: nothing key is lost, and what is left out is said.

use super::evidence;
use super::pipeline::Outcome;
use super::plan::{Arrangement, Call, Planner};
use super::prompts::PromptError;
use super::tokens;
use crate::domain::{ClaimKind, EventId};
use crate::drafting::Fallback;
use crate::redact::Redactor;

/// The section requests over key lines and facts, with a note for everything that had to stay out.
pub(super) fn calls(
    planner: &Planner<'_, '_, '_>,
    parts: &[Call],
    outcomes: &[Outcome],
    redactor: &mut Redactor,
) -> Result<(Vec<Call>, Vec<Fallback>), PromptError> {
    let mut left_out = Vec::new();
    for (part, outcome) in parts.iter().zip(outcomes) {
        if let (Some(reason), Some(first), Some(last)) =
            (&outcome.failure, part.lines.first(), part.lines.last())
        {
            let reason = format!("lines {first} to {last} were not read except for key lines: {reason}");
            left_out.push(Fallback { section: "All sections".to_owned(), reason });
        }
    }
    let facts: Vec<String> = outcomes.iter().flat_map(|outcome| &outcome.sound).map(fact).collect();
    let keys: Vec<EventId> =
        planner.reading.lines.iter().filter(|line| line.event.key).map(|line| line.event.id).collect();
    let room = planner.room(Arrangement::Apart)?;
    let (mut lines, mut told) = (evidence::some(planner.reading, &keys), facts.clone());
    let mut text = planner.shown(&lines, &told)?;
    while !(tokens::fits(&text, room) || lines.is_empty() && told.is_empty()) {
        // The facts retell the key lines, so those go first; then the last facts.
        let from = if lines.is_empty() { &mut told } else { &mut lines };
        from.truncate(from.len() * 3 / 4);
        text = planner.shown(&lines, &told)?;
    }
    if told.len() < facts.len() {
        let reason = format!("{} of {} facts did not fit the window", facts.len() - told.len(), facts.len());
        left_out.push(Fallback { section: "All sections".to_owned(), reason });
    }
    let together = tokens::fits(&text, planner.room(Arrangement::Together)?);
    let arrangement = match planner.limits.arrangement() {
        Arrangement::Together | Arrangement::Condensed if together => Arrangement::Together,
        _ => Arrangement::Apart,
    };
    Ok((planner.sections(arrangement, &text, redactor)?, left_out))
}

fn fact(sound: &super::check::Sound) -> String {
    let ids: Vec<String> = sound.evidence.iter().map(|id| id.0.to_string()).collect();
    let guessed = if sound.kind == ClaimKind::Hypothesis { "hypothesis, " } else { "" };
    let topic = sound.label.as_deref().unwrap_or("fact");
    format!("{} {guessed}{topic}: {}", ids.join(","), sound.text)
}
