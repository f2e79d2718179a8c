//! People appear as roles: who did something is in the evidence, what made it sensible is in the prose.

use std::collections::{BTreeMap, BTreeSet};

use regex::{Captures, Regex};

use crate::domain::{EventKind, SourceClass, Timeline};
use crate::text::fold;

/// Given names that are also words; only the full name or `@name` is replaced.
const AMBIGUOUS: &[&str] = &[
    "will",
    "mark",
    "may",
    "april",
    "june",
    "august",
    "grace",
    "faith",
    "hope",
    "art",
    "bill",
    "drew",
    "pat",
    "jack",
    "rob",
    "sue",
    "frank",
    "rich",
    "chase",
    "dawn",
    "summer",
    "rose",
    "ray",
    "max",
    "guy",
    "miles",
    "page",
    "case",
    "dean",
    "wade",
    "young",
    "king",
    "long",
    "short",
    "bot",
    "app",
    "ops",
    "dev",
    "team",
    "support",
    "admin",
    "root",
    "system",
    "call",
    "on-call",
    "oncall",
    "the",
    "and",
    "data",
    "lee",
    "sky",
    "ivy",
    "jade",
    "ruby",
    "rusty",
    "crystal",
    "angel",
    "christian",
    "victor",
    "van",
    "von",
    "der",
];

/// Who is who in one incident.
#[derive(Debug, Default)]
pub struct People {
    /// Folded canonical name to role.
    roles: BTreeMap<String, String>,
    /// Every known spelling, longest first, with its role.
    spellings: Vec<(Regex, String)>,
}

const RESPONDER: &str = "a responder";

impl People {
    /// Reads the roles from `incident.toml` and from the events: who acknowledged first is the on-call engineer.
    #[must_use]
    pub fn of(timeline: &Timeline) -> Self {
        let mut roles = BTreeMap::new();
        let mut names = BTreeSet::new();
        for (role, name) in &timeline.incident.roles {
            let said = if role.contains("commander") {
                "the incident commander".to_owned()
            } else {
                format!("the {}", role.replace('_', " "))
            };
            roles.insert(fold(name), said);
            names.insert(name.clone());
        }
        let humans = timeline.events.iter().filter(|event| !event.bot);
        for event in humans {
            let Some(actor) = &event.actor else { continue };
            if event.class == SourceClass::Automated {
                continue;
            }
            names.insert(actor.clone());
            let free = !roles.values().any(|role| role == "the on-call engineer");
            if event.kind == EventKind::AlertAcknowledged && free {
                roles.entry(fold(actor)).or_insert_with(|| "the on-call engineer".to_owned());
            }
        }
        let spellings = spellings(&names, &roles);
        Self { roles, spellings }
    }

    /// The role of an actor, in lower case with its article.
    #[must_use]
    pub fn role(&self, actor: &str) -> &str {
        self.roles.get(&fold(actor)).map_or(RESPONDER, String::as_str)
    }

    /// `text` with every known name, and every mention of somebody unknown, replaced by a role.
    #[must_use]
    pub fn mask(&self, text: &str) -> String {
        let mut masked = text.to_owned();
        for (pattern, role) in &self.spellings {
            masked = replaced(&masked, pattern, role);
        }
        masked
    }
}

/// Every match replaced, except inside a branch, a path or an address: there a name is part of an identifier.
fn replaced(text: &str, pattern: &Regex, role: &str) -> String {
    let joins = |c: char| matches!(c, '/' | '_');
    pattern
        .replace_all(text, |found: &Captures<'_>| {
            let Some(whole) = found.get(0) else { return role.to_owned() };
            let before = text[..whole.start()].chars().next_back();
            let after = text[whole.end()..].chars().next();
            if before.is_some_and(joins) || after.is_some_and(joins) {
                whole.as_str().to_owned()
            } else {
                role.to_owned()
            }
        })
        .into_owned()
}

/// One pattern for each spelling of each name: full, given, family, with or without `@`.
fn spellings(names: &BTreeSet<String>, roles: &BTreeMap<String, String>) -> Vec<(Regex, String)> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for name in names {
        let role = roles.get(&fold(name)).map_or(RESPONDER, String::as_str);
        found.insert(name.clone(), role.to_owned());
        for part in name.split([' ', '.', ',']).filter(|part| part.chars().count() >= 3) {
            found.entry(part.to_owned()).or_insert_with(|| role.to_owned());
        }
    }
    let mut ordered: Vec<(String, String)> = found.into_iter().collect();
    ordered.sort_by(|a, b| b.0.chars().count().cmp(&a.0.chars().count()).then_with(|| a.0.cmp(&b.0)));
    let mut patterns: Vec<(Regex, String)> = Vec::new();
    for (spelling, role) in ordered {
        let escaped = regex::escape(&spelling);
        let ambiguous = AMBIGUOUS.contains(&spelling.to_lowercase().as_str());
        let pattern = if ambiguous {
            format!(r"(?i)@{escaped}\b")
        } else {
            format!(r"(?i:@{escaped}\b)|\b{escaped}\b")
        };
        patterns.extend(Regex::new(&pattern).ok().map(|pattern| (pattern, role)));
    }
    let mention = Regex::new(r"(?:^|\B)@(?:[\p{L}\p{N}][\p{L}\p{N}._-]*)").ok();
    patterns.extend(mention.map(|pattern| (pattern, RESPONDER.to_owned())));
    patterns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafting::testing::timeline;

    #[test]
    fn names_become_roles_and_words_stay_words() {
        let timeline = timeline(
            "09:32:00 pagerduty alert_acknowledged Mika Oyelaran: acknowledged\n\
             09:33:00 slack message Will Adeyemi: I take command\n\
             09:34:00 slack message Rosalind Achterberg: ok\n",
        );
        let people = People::of(&timeline);
        assert_eq!(people.role("mika oyelaran"), "the on-call engineer");
        assert_eq!(
            people.mask("Mika asked @rosalind; will Will Adeyemi restart it? @stranger?"),
            "the on-call engineer asked a responder; will a responder restart it? a responder?"
        );
        assert_eq!(people.mask("image@sha256 and frontend"), "image@sha256 and frontend");
    }
}
