//! Who spoke, in texts whose lines begin with times.

/// How a text names who spoke.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// Only by `<nick>` and `@nick:`.
    Marked,
    /// `[10:02] Ada Okafor: text`, `* 09:12 ada: text` of server admin logs.
    Colon,
    /// `[10:02] Okafor, Ada`, the text on the lines below: copied out of Teams.
    Line,
}

impl Naming {
    /// Judges by all lines of a text: one line proves nothing.
    ///
    /// `marked` says that the text looks like a log of speech: times in brackets, days in headings of a wiki.
    pub(crate) fn of(texts: &[&str], marked: bool) -> Self {
        let all = |told: &dyn Fn(&str) -> bool| {
            texts.len() > 1 && texts.iter().filter(|text| told(text)).count() * 10 >= texts.len() * 9
        };
        if !marked {
            if is_talk(texts) { Self::Colon } else { Self::Marked }
        } else if all(&|text| before_colon(text).is_some()) {
            Self::Colon
        } else if all(&|text| first_line(text).is_some()) {
            Self::Line
        } else {
            Self::Marked
        }
    }

    /// Who spoke and what, where the text names people in this way.
    pub(crate) fn split(self, text: &str) -> Option<(String, &str)> {
        let (name, said) = match self {
            Self::Marked => return None,
            Self::Colon => before_colon(text)?,
            Self::Line => first_line(text)?,
        };
        Some((spoken(name), said))
    }
}

/// Whether nearly all lines begin with one of a few names that come again and again: `14:02 Ada: text`.
fn is_talk(texts: &[&str]) -> bool {
    let is_name = |name: &&str| {
        name.starts_with(char::is_uppercase)
            && name.split(' ').count() <= 3
            && name.chars().all(|c| c.is_alphabetic() || " .'-".contains(c))
            && name.chars().any(char::is_lowercase)
    };
    let names: Vec<&str> =
        texts.iter().filter_map(|text| Some(before_colon(text)?.0)).filter(is_name).collect();
    let distinct: std::collections::BTreeSet<&str> = names.iter().copied().collect();
    texts.len() >= 4
        && names.len() * 10 >= texts.len() * 8
        && distinct.len() >= 2
        && distinct.len() * 2 <= names.len()
}

fn before_colon(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once(": ")?;
    let named = name.len() <= 40 && name.split(' ').count() <= 4 && name.starts_with(char::is_alphanumeric);
    (named && !name.contains(['(', '"', '/', '\n'])).then_some((name, rest))
}

fn first_line(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once('\n')?;
    let named = (2..=50).contains(&name.len()) && name.split(' ').count() <= 5;
    (named && name.starts_with(char::is_alphabetic) && !name.ends_with(['.', ':', '!', '?']))
        .then_some((name, rest))
}

/// `Okafor, Ada` as Teams shows names of directories, in the order of speech.
fn spoken(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

/// `<nick> text` and `@nick: text`.
pub(crate) fn speaker(text: &str) -> Option<(&str, &str)> {
    if let Some((nick, rest)) = text.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        return (nick.len() <= 30 && !nick.contains(['/', ' '])).then_some((nick, rest.trim_start()));
    }
    let (nick, rest) = text.strip_prefix('@')?.split_once(": ")?;
    (nick.len() <= 30 && !nick.contains(' ')).then_some((nick, rest))
}
