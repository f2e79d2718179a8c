//! Gives what people wrote its role and kind.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::{EventKind, Role, SourceClass};
use crate::evidence::pattern;
use crate::evidence::roles::Roles;

use super::cues::{is_small_rate, is_symptom, says_closed, sounds_better};
use super::fact::Fact;

static ESCALATES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:escalat(?:e|ing|ed) (?:this )?to|escalating|paging (?:the|in|@|\w+)|paged (?:the|\w+))\b")
});
static DECLARES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:this is an? (?:sev|p)[- ]?\d|declar(?:e|ing|ed) (?:an? )?(?:incident|sev|major)|i(?:'?m| am| take)? ?(?:the )?incident command(?:er)?|(?:open(?:ing|ed)?|mak(?:e|ing)|rais(?:e|ing)|start(?:ing)?) (?:an? )?(?:major |new )?incident)\b",
    )
});
static TELLS_OUTSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:status ?page|^update\b|update:|update \d+|next update|customers? (?:have been|were) (?:told|informed)|stakeholder|mail(?:s|ed)? (?:is |are )?(?:sent|out|to)\b|sent (?:a |the |out )?(?:\w+ )?mail|(?:told|telling|informed|informing) (?:the |all |our )?\w+|banner (?:is )?(?:up|on|posted)|posted (?:on|to|in|a|the)|announce\w*)\b",
    )
});

/// Short words of people for whom it works again; a role alone often takes them for noise.
static RESTORED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:(?:it|that|all|everything|mine|ours?|results?|login|site|page|app|system) )?(?:works?|working|it'?s back|back up|is back|is up|up again)(?: (?:again|now|for (?:me|us)|here))*\W*$|\b(?:works? (?:again|now|for (?:me|us) (?:again|now|too))|(?:is|are) (?:back|here) (?:again|now|too)?\b|(?:result|order|mail|message|page|data)s? (?:is|are) here|(?:arrives?|come) again|up and running|back online|(?:restart|roll-?back|revert|fix|fail-?over|workaround|patch|switch|change) (?:worked|helped|did it|did the trick|fixed it)|i(?:'m| am) in)\b|\b(?:is|are) (?:back|up)(?: again| now| too)?\W*$",
    )
});

/// The effect of an act told in the same line: what failed does so no more.
static GONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:errors?|alerts?|timeouts?|failures?|5\d\ds?|5xx|problems?|symptoms?|complaints?)\b.{0,24}\b(?:(?:are|is|all|now) gone|(?:have |has )?(?:stopped|cleared|disappeared|vanished|ceased)|went away|(?:are |is )?(?:back to|at) zero)\b",
    )
});

/// Which role stands for a message of several lines: what changed the course of the incident goes first.
const MAIN: [Role; 9] = [
    Role::Resolution,
    Role::Mitigation,
    Role::Decision,
    Role::Action,
    Role::Detection,
    Role::Diagnosis,
    Role::Hypothesis,
    Role::Communication,
    Role::Noise,
];

/// Roles for all human lines, and for messages the kind that follows from the role.
pub(super) fn read(facts: &mut [Fact], roles: &Roles) {
    for fact in facts.iter_mut().filter(|fact| fact.is_human()) {
        let notice = fact
            .labels
            .get("subtype")
            .is_some_and(|subtype| subtype.starts_with("channel_") || subtype == "tombstone");
        fact.roles = if notice { [Role::Noise].into() } else { lines(fact, roles) };
        let works = (RESTORED.is_match(&fact.text) || GONE.is_match(&fact.text))
            && !fact.text.trim_end().ends_with('?');
        if works && fact.class == SourceClass::Chat && sounds_better(&fact.text) {
            fact.roles.insert(Role::Mitigation);
        }
        if is_small_rate(&fact.text) {
            fact.roles.insert(Role::Mitigation);
        } else if says_closed(&fact.text) && fact.roles.contains(&Role::Diagnosis) {
            fact.roles.insert(Role::Resolution);
        } else if !sounds_better(&fact.text) {
            let claims = [Role::Mitigation, Role::Resolution];
            if claims.iter().filter(|claim| fact.roles.remove(claim)).count() > 0 {
                fact.roles.insert(Role::Diagnosis);
            }
        }
        if fact.class == SourceClass::Memory && fact.roles == [Role::Noise].into() && is_symptom(&fact.text) {
            fact.roles = [Role::Detection].into();
        }
        let role = MAIN.iter().copied().find(|role| fact.roles.contains(role)).unwrap_or(Role::Noise);
        fact.role = Some(role);
        if fact.kind == EventKind::Message {
            fact.kind = kind(role, &fact.text, notice);
        }
    }
}

/// The roles of the lines of a message; of a note, whose further lines are detail, that of its first line.
fn lines(fact: &Fact, roles: &Roles) -> BTreeSet<Role> {
    let lines = fact.text.lines().map(str::trim).filter(|line| !line.is_empty());
    match fact.class {
        SourceClass::Memory => lines.take(1).map(|line| roles.of(line, false).0).collect(),
        _ if fact.text.contains("```") => [roles.of(&fact.text, false).0].into(),
        _ => lines.map(|line| roles.of(line, false).0).collect(),
    }
}

fn kind(role: Role, text: &str, notice: bool) -> EventKind {
    if notice || role == Role::Noise {
        return EventKind::Message;
    }
    if DECLARES.is_match(text) {
        return EventKind::Declared;
    }
    if ESCALATES.is_match(text) && !text.trim_end().ends_with('?') {
        return EventKind::Escalation;
    }
    match role {
        Role::Detection | Role::Diagnosis | Role::Mitigation => EventKind::Observation,
        Role::Hypothesis => EventKind::Hypothesis,
        Role::Decision => EventKind::Decision,
        Role::Action => EventKind::Action,
        Role::Resolution => EventKind::Resolved,
        Role::Communication if TELLS_OUTSIDE.is_match(text) => EventKind::StatusUpdate,
        Role::Communication | Role::Noise => EventKind::Message,
    }
}
