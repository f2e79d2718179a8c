//! Forms of English verbs from a base form, or from `base/past/participle` for irregular ones.

/// A set of forms that a word can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form(u8);

impl Form {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const BASE: Self = Self(1);
    pub(crate) const THIRD: Self = Self(2);
    pub(crate) const PAST: Self = Self(4);
    pub(crate) const PARTICIPLE: Self = Self(8);
    pub(crate) const GERUND: Self = Self(16);
    /// Forms that can stand alone after a subject.
    pub(crate) const FINITE: Self = Self(1 | 2 | 4);

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Verbs of more than one syllable that double their last consonant.
const DOUBLING: &[&str] = &[
    "forget", "begin", "commit", "omit", "admit", "permit", "unplug", "unpin", "unset", "reset", "prefer",
    "format",
];

/// All forms, the base first.
pub(super) fn of(spec: &str) -> Vec<(String, Form)> {
    let mut parts = spec.split('/');
    let base = parts.next().unwrap_or_default();
    let past = parts.next().map_or_else(|| with_ed(base), str::to_owned);
    let participle = parts.next().map_or_else(|| past.clone(), str::to_owned);
    vec![
        (base.to_owned(), Form::BASE),
        (with_s(base), Form::THIRD),
        (past, Form::PAST),
        (participle, Form::PARTICIPLE),
        (with_ing(base), Form::GERUND),
    ]
}

fn with_s(base: &str) -> String {
    match base {
        "have" => "has".to_owned(),
        _ if ends_in_consonant_y(base) => format!("{}ies", &base[..base.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end)) => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

fn with_ed(base: &str) -> String {
    if base.ends_with('e') {
        format!("{base}d")
    } else if ends_in_consonant_y(base) {
        format!("{}ied", &base[..base.len() - 1])
    } else {
        format!("{}ed", doubled(base))
    }
}

fn with_ing(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        format!("{stem}ying")
    } else if base.ends_with('e') && !base.ends_with("ee") && base.len() > 2 {
        format!("{}ing", &base[..base.len() - 1])
    } else {
        format!("{}ing", doubled(base))
    }
}

fn ends_in_consonant_y(base: &str) -> bool {
    base.ends_with('y')
        && !base.ends_with("ay")
        && !base.ends_with("oy")
        && !base.ends_with("ey")
        && !base.ends_with("uy")
}

/// `stop` → `stopp`, `look` → `look`.
fn doubled(base: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    let tail: Vec<char> = base.chars().rev().take(3).collect();
    let short = base.chars().filter(|&c| vowel(c)).count() == 1;
    let closed = matches!(tail[..], [c, v, ..] if !vowel(c) && !"wxy".contains(c) && vowel(v))
        && tail.get(2).is_none_or(|&c| !vowel(c));
    match base.chars().last() {
        Some(last) if closed && (short || DOUBLING.contains(&base)) => format!("{base}{last}"),
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_follows_the_ending() {
        let past = |base: &str| of(base)[2].0.clone();
        assert_eq!(
            [past("stop"), past("deny"), past("wipe"), past("look"), past("deploy"), past("fix")],
            ["stopped", "denied", "wiped", "looked", "deployed", "fixed"]
        );
        assert_eq!(of("lie")[4].0, "lying");
        assert_eq!(of("skip")[4].0, "skipping");
        assert_eq!(of("push")[1].0, "pushes");
    }
}
