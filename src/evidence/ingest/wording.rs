//! Puts a record without a text of its own into words: `flag.updated: flag checkout_v2, env prod, 10 → 100`.

use crate::domain::{EventKind, SourceClass};

use super::entry::change_kind;
use super::generic::{Column, column};

/// Members that hold a value and what it was changed to.
const CHANGES: [(&str, &str); 9] = [
    ("from", "to"),
    ("old", "new"),
    ("before", "after"),
    ("previous", "current"),
    ("prev", "next"),
    ("old_value", "new_value"),
    ("oldvalue", "newvalue"),
    ("previous_value", "value"),
    ("from_value", "to_value"),
];
const MOST_MEMBERS: usize = 12;
const LONGEST_VALUE: usize = 200;

/// What the members of a record say together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wording {
    pub text: String,
    pub class: SourceClass,
    pub kind: EventKind,
}

/// The words of named values in their order; `None` when none of them tells anything.
#[must_use]
pub(crate) fn wording(members: &[(String, String)]) -> Option<Wording> {
    let value = |wanted: &str| {
        let found = members.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.as_str())
    };
    let change = CHANGES.iter().find_map(|(old, new)| Some((*old, *new, value(old)?, value(new)?)));
    let of_change = |name: &str| {
        change.is_some_and(|(old, new, ..)| [old, new].iter().any(|own| name.eq_ignore_ascii_case(own)))
    };
    let told = members.iter().filter(|(name, value)| {
        !value.is_empty() && value.len() <= LONGEST_VALUE && !is_identifier(name) && !of_change(name)
    });
    let (leading, named): (Vec<_>, Vec<_>) = told
        .filter(|(name, _)| {
            !matches!(
                column(name),
                Some(Column::Time | Column::Date | Column::Actor | Column::Link | Column::Thread)
            )
        })
        .partition(|(name, _)| column(name) == Some(Column::Kind));
    let mut parts: Vec<String> =
        named.iter().take(MOST_MEMBERS).map(|(name, value)| format!("{name} {value}")).collect();
    parts.extend(change.map(|(_, _, old, new)| format!("{old} → {new}")));
    let lead: Vec<&str> = leading.iter().map(|(_, value)| value.as_str()).collect();
    let text = match (lead.is_empty(), parts.is_empty()) {
        (true, true) => return None,
        (true, false) => parts.join(", "),
        (false, true) => lead.join(" "),
        (false, false) => format!("{}: {}", lead.join(" "), parts.join(", ")),
    };
    let kind = match change {
        Some((_, _, old, new)) if old == new => EventKind::Log,
        Some(_) => change_of(&text).unwrap_or(EventKind::ConfigChange),
        None => change_of(&text).unwrap_or(EventKind::Log),
    };
    let class = if kind == EventKind::Log { SourceClass::Automated } else { SourceClass::Deploy };
    Some(Wording { text, class, kind })
}

/// The kind of change that a text names, if any.
#[must_use]
pub(crate) fn change_of(text: &str) -> Option<EventKind> {
    let lower = text.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let otherwise = if any(&["noop", "no-op", "unchanged", "dry run", "dry-run"]) {
        return None;
    } else if any(&["deploy", "release", "rolled out", "upgrade", "promoted"]) || names_version(&lower) {
        EventKind::Deploy
    } else if any(&[
        "flag",
        "config",
        "setting",
        "toggle",
        "feature",
        "parameter",
        "rollout",
        "scaled",
        "quota",
    ]) {
        EventKind::ConfigChange
    } else {
        EventKind::Log
    };
    Some(change_kind(&lower, otherwise)).filter(|kind| *kind != EventKind::Log)
}

/// Whether a word is a version: `4.7.0`, `v318`.
fn names_version(lower: &str) -> bool {
    lower.split(|c: char| c.is_whitespace() || ",;:()".contains(c)).any(|word| {
        let digits = word.trim_start_matches('v');
        let numeric = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let begins = digits.starts_with(|c: char| c.is_ascii_digit());
        numeric && begins && (digits.matches('.').count() == 2 || word.starts_with('v'))
    })
}

/// Whether a member only tells records apart.
fn is_identifier(name: &str) -> bool {
    let lower = name.to_lowercase();
    matches!(
        lower.as_str(),
        "id" | "uuid" | "guid" | "hash" | "etag" | "cursor" | "version_id" | "seq" | "offset"
    ) || name.ends_with("Id")
        || lower.ends_with("_id")
        || lower.ends_with("_uuid")
}

#[cfg(test)]
mod tests {
    use super::{EventKind, wording};

    fn of(members: &[(&str, &str)]) -> super::Wording {
        let members: Vec<(String, String)> =
            members.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        wording(&members).unwrap_or_else(|| panic!("no words for {members:?}"))
    }

    #[test]
    fn a_changed_value_is_told_with_its_parts() {
        let told = of(&[
            ("ts", "1700000000"),
            ("type", "flag.updated"),
            ("flag", "new_basket"),
            ("env", "prod"),
            ("from", "off"),
            ("to", "on"),
            ("actor", "ada"),
        ]);
        assert_eq!(told.text, "flag.updated: flag new_basket, env prod, off → on");
        assert_eq!(told.kind, EventKind::ConfigChange);
    }

    #[test]
    fn what_stays_the_same_is_no_change() {
        assert_eq!(of(&[("flag", "a"), ("old", "5"), ("new", "5")]).kind, EventKind::Log);
        assert_eq!(of(&[("valve", "7"), ("pressure", "3.1")]).text, "valve 7, pressure 3.1");
    }
}
