//! Stretches of an open incident in which nobody did anything and nothing spoke up.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{EventKind, Gap, Role};

use super::fact::Fact;
use super::scene::Scene;

/// Shorter silences are how incidents are worked on.
const SHORTEST: SignedDuration = SignedDuration::from_mins(8);

/// Gaps between `from` and `to`, compared by whole minutes because many sources have no seconds. Readings that lay
/// unread in a monitoring system are no activity.
pub(super) fn gaps(scene: &Scene<'_>, from: Timestamp, to: Timestamp, shortest: Option<SignedDuration>) -> Vec<Gap> {
    let tenth = to.duration_since(from) / 10;
    let shortest = shortest.unwrap_or_else(|| SHORTEST.max(tenth));
    let mut last = from;
    let mut found = Vec::new();
    let active = scene.inside().filter(|(_, fact)| fact.at > from && fact.at < to && is_activity(fact));
    for at in active.map(|(_, fact)| fact.at).chain([to]) {
        let silent = minute(at).duration_since(minute(last));
        if silent >= shortest {
            let seconds = at.as_second() - last.as_second();
            found.push(Gap { from: last, to: at, seconds });
        }
        last = last.max(at);
    }
    found
}

fn is_activity(fact: &Fact) -> bool {
    fact.kind != EventKind::Metric && fact.role != Some(Role::Noise)
}

fn minute(at: Timestamp) -> Timestamp {
    let seconds = at.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(60)).unwrap_or(at)
}
