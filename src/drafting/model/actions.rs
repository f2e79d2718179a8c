//! The actions of people and model in one list: the model words and sorts them, owner and date are what a person said.

use super::check::Sound;
use crate::domain::{ActionKind, ClaimKind};
use crate::drafting::cues::commitment::Candidate;

const KINDS: [ActionKind; 4] =
    [ActionKind::Mitigate, ActionKind::Prevent, ActionKind::Detect, ActionKind::Process];

/// Candidates in the model's words where it speaks of them, then actions that only the model saw in the lines.
pub(super) fn merged(candidates: &[Candidate], sound: &[Sound]) -> Vec<Candidate> {
    let mut merged = candidates.to_vec();
    let mut worded = vec![false; merged.len()];
    for sound in sound.iter().filter(|sound| sound.kind == ClaimKind::Fact) {
        let meant = (0..candidates.len())
            .find(|&at| !worded[at] && candidates[at].evidence.iter().any(|id| sound.evidence.contains(id)));
        let action = sound.text.trim_end_matches('.').to_owned();
        match meant {
            Some(at) => {
                worded[at] = true;
                let known = &mut merged[at];
                known.action = action;
                known.kind = kind(sound).unwrap_or(known.kind);
                known.verification = known.verification.take().or_else(|| proposed(sound));
                known
                    .evidence
                    .extend(sound.evidence.iter().filter(|id| !candidates[at].evidence.contains(id)));
            }
            None => merged.push(Candidate {
                action,
                kind: kind(sound).unwrap_or(ActionKind::Process),
                priority: None,
                owner: None,
                due: None,
                tracking: None,
                verification: proposed(sound),
                evidence: sound.evidence.clone(),
            }),
        }
    }
    merged
}

fn kind(sound: &Sound) -> Option<ActionKind> {
    KINDS.into_iter().find(|kind| sound.label.as_deref() == Some(kind.name()))
}

fn proposed(sound: &Sound) -> Option<String> {
    sound.check.as_ref().map(|check| format!("proposed: {check}"))
}
