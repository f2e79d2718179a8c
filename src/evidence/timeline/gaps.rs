//! Stretches of an open incident in which nobody did anything and nothing spoke up.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{EventKind, Gap, Role, SourceClass};

use super::fact::Fact;
use super::scene::Scene;

/// Shorter silences are how incidents are worked on.
const SHORTEST: SignedDuration = SignedDuration::from_mins(8);

/// Gaps between `from` and `to`, compared by whole minutes because many sources have no seconds. Readings that lay
/// unread in a monitoring system are no activity.
pub(super) fn gaps(
    scene: &Scene<'_>,
    from: Timestamp,
    to: Timestamp,
    shortest: Option<SignedDuration>,
) -> Vec<Gap> {
    let active = scene.inside().filter(|(at, fact)| is_activity(scene, *at, fact));
    let mut times: Vec<Timestamp> =
        active.flat_map(|(_, fact)| [Some(fact.at), fact.until]).flatten().collect();
    times.retain(|at| *at > from && *at < to);
    times.sort_unstable();
    times.push(to);
    let shortest = shortest.unwrap_or_else(|| usual(from, &times).max(SHORTEST));
    let mut last = from;
    let mut found = Vec::new();
    for at in times {
        let silent = minute(at).duration_since(minute(last));
        if silent >= shortest {
            let seconds = at.as_second() - last.as_second();
            found.push(Gap { from: last, to: at, seconds });
        }
        last = last.max(at);
    }
    found
}

/// A silence is telling when it is longer than a tenth of the incident and than thrice the usual pause of its record:
/// notes written afterwards have a line every ten minutes, a busy channel one every ten seconds.
fn usual(from: Timestamp, times: &[Timestamp]) -> SignedDuration {
    let mut pauses: Vec<SignedDuration> = Vec::new();
    let mut last = from;
    for at in times {
        pauses.push(at.duration_since(last));
        last = *at;
    }
    pauses.sort_unstable();
    let median = pauses.get(pauses.len() / 2).copied().unwrap_or(SignedDuration::ZERO);
    (last.duration_since(from) / 10).max(median * 3)
}

fn is_activity(scene: &Scene<'_>, at: usize, fact: &Fact) -> bool {
    let pipeline = fact.class == SourceClass::Deploy && !fact.kind.is_change();
    scene.scope.inside[at] && fact.kind != EventKind::Metric && fact.role != Some(Role::Noise) && !pipeline
}

fn minute(at: Timestamp) -> Timestamp {
    let seconds = at.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(60)).unwrap_or(at)
}
