//! The end of an incident that nobody announced: the last that was told before the conversation fell silent.

use jiff::Timestamp;

use crate::domain::Role;
use crate::evidence::timeline::fact::{Fact, seconds};
use crate::evidence::timeline::scene::Scene;

use super::Mark;

/// Fewer lines of work than this are no conversation that could fall silent.
const CONVERSATION: usize = 3;

/// A weak mark, where people acted and nothing says that the trouble lasted.
pub(super) fn find(scene: &Scene<'_>, begun: Option<Timestamp>) -> Option<Mark> {
    let begun = begun?;
    let since = || scene.lived().filter(|(_, fact)| fact.is_human() && seconds(begun, fact.at) > 0);
    let acts = |fact: &Fact| matches!(fact.role, Some(Role::Action | Role::Decision));
    let tells = |fact: &Fact| {
        let states = matches!(
            fact.role,
            Some(Role::Diagnosis | Role::Action | Role::Mitigation | Role::Resolution | Role::Detection)
        );
        states && !fact.text.trim_end().ends_with('?')
    };
    let worked = since().filter(|(_, fact)| tells(fact)).count();
    if worked < CONVERSATION || !since().any(|(_, fact)| acts(fact)) {
        return None;
    }
    let (at, fact) = since().rfind(|(_, fact)| tells(fact))?;
    let lasts = scene.troubles_since(fact.at).iter().any(|trouble| *trouble >= at);
    (!lasts).then(|| Mark::new(fact.at, [at], 0.25))
}
