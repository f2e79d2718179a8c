//! Deploys that people tell of at another time than their record.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::EventKind;
use crate::evidence::pattern;
use crate::evidence::timeline::clock::zone_named;
use crate::evidence::timeline::fact::seconds;
use crate::evidence::timeline::scene::Scene;

use super::told::clock;
use super::{Dispute, spoken};

/// Times this close are the same; a roll-out takes its minutes.
const SAME_S: i64 = 600;
/// What lies further apart is another deploy.
const OTHER_S: i64 = 12 * 3600;

static WENT_OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:went (?:out|live)|deployed|rolled out|shipped|released|(?:was|is|has been) live|deploy(?:ment)? of)\b.{0,40}?\b(?:at|since) (?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s?(?P<half>am|pm)?(?:\s?(?P<zone>utc|gmt|us/[a-z]+|[pmce][sd]t|z)\b)?",
    )
});

/// One for each line that names a deploy by its version, commit or number and gives another time for it.
pub(super) fn disputes(scene: &Scene<'_>) -> Vec<Dispute> {
    let local = scene.incident.timezone.as_deref().and_then(zone_named);
    let deploys: Vec<usize> =
        scene.inside().filter(|(_, fact)| fact.kind == EventKind::Deploy).map(|(at, _)| at).collect();
    let mut found = Vec::new();
    for (said, fact) in scene.inside().filter(|(_, fact)| fact.is_human() && !deploys.is_empty()) {
        let Some(told) = WENT_OUT.captures(&fact.text).and_then(|hit| clock(&hit, fact.at, local.as_ref()))
        else {
            continue;
        };
        let names = |deploy: usize| {
            let own = scene.terms.of(deploy);
            scene.terms.of(said).iter().any(|word| {
                let name = scene.terms.name(word);
                let id = name.bytes().any(|byte| byte.is_ascii_digit()) && name.len() >= 3;
                id && own.iter().any(|known| known == word)
            })
        };
        let apart = |deploy: usize| seconds(scene.facts[deploy].at, told).abs();
        let named: Vec<usize> = deploys.iter().copied().filter(|deploy| names(*deploy)).collect();
        let Some(nearest) = named.into_iter().min_by_key(|deploy| (apart(*deploy), *deploy)) else {
            continue;
        };
        if (SAME_S + 1..OTHER_S).contains(&apart(nearest)) {
            let record = &scene.facts[nearest];
            let name = record.text.lines().next().unwrap_or_default();
            found.push(Dispute {
                evidence: vec![nearest, said],
                what: format!(
                    "the record of “{name}” says {}, the conversation {}",
                    spoken(record.at),
                    spoken(told)
                ),
                kept: "the record, which the tool wrote at the time".to_owned(),
            });
        }
    }
    found
}
