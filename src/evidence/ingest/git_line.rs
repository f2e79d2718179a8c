//! Commits on one line each, in the order people like: id, time, author, subject, with a graph or decorations around.

use super::moment::{self, Moment};

/// What one line says of a commit.
#[derive(Debug, PartialEq)]
pub(crate) struct OneLine<'a> {
    pub sha: &'a str,
    pub at: Option<Moment>,
    pub author: Option<&'a str>,
    pub subject: &'a str,
    /// An age instead of a time: `(3 hours ago)`.
    pub aged: bool,
}

/// Whether the word is a commit id, short or long; a number alone may be a time.
#[must_use]
pub(crate) fn is_sha(word: &str) -> bool {
    (7..=64).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_sure_sha(word: &str) -> bool {
    is_sha(word) && (moment::epoch_text(word).is_none() && (word.len() <= 12 || word.len() == 40))
}

/// The line without the lines and stars of `--graph`.
#[must_use]
pub(crate) fn ungraphed(line: &str) -> &str {
    let rest = line.trim_start_matches(['*', '|', '/', '\\', ' ', '_']);
    if line.starts_with(['*', '|']) { rest } else { line }
}

/// The longest run of words at the beginning that is a time with a date, and the rest.
fn leading_time(text: &str) -> Option<(Moment, &str)> {
    let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]).take(6).collect();
    ends.into_iter().rev().find_map(|end| {
        let words = text[..end].trim_matches(['(', ')', '[', ']', ':', ',']);
        Some((moment::parse(words)?, text[end..].trim_start()))
    })
}

/// `(…)` or `<…>` at the end.
fn trailing(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let inside = text.trim_end().strip_suffix(close)?;
    let at = inside.rfind(open)?;
    Some((text[..at].trim_end(), &inside[at + open.len_utf8()..]))
}

/// Reads `9f8e7d6 2024-06-10 10:40:00 +0200 subject`, `9f8e7d6 - (HEAD -> main) subject (2024-06-10) <author>`,
/// `2024-06-10 9f8e7d6 subject`, `9f8e7d6 subject`.
#[must_use]
pub(crate) fn one_line(line: &str) -> Option<OneLine<'_>> {
    let line = ungraphed(line).trim();
    let (first, rest) = line.split_once(' ')?;
    let (sha, mut at, mut rest) = if is_sure_sha(first) {
        (first, None, rest.trim_start())
    } else {
        let (at, rest) = leading_time(line)?;
        let (sha, rest) = rest.split_once(' ')?;
        (is_sure_sha(sha).then_some(sha)?, Some(at), rest)
    };
    rest = rest.strip_prefix("- ").unwrap_or(rest);
    if let Some((decoration, tail)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(") "))
        && ["HEAD", "tag: ", "origin/", "main", "master"].iter().any(|mark| decoration.contains(mark))
    {
        rest = tail;
    }
    if at.is_none()
        && let Some((found, tail)) = leading_time(rest)
    {
        (at, rest) = (Some(found), tail);
    }
    let mut author = None;
    let mut aged = false;
    if let Some((head, name)) = trailing(rest, '<', '>') {
        (author, rest) = (Some(name), head);
    }
    if at.is_none()
        && let Some((head, inside)) = trailing(rest, '(', ')')
    {
        let time = inside.rsplit_once(", ").map_or(inside, |(_, time)| time);
        aged = time.ends_with(" ago");
        at = moment::parse(inside).or_else(|| moment::parse(time));
        if aged || at.is_some() {
            author = author.or(inside.rsplit_once(", ").map(|(name, _)| name));
            rest = head;
        }
    }
    let subject = rest.trim_matches(['"', '\'']).trim();
    (!subject.is_empty()).then_some(OneLine { sha, at, author, subject, aged })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a failing test may panic
    use super::one_line;

    #[test]
    fn the_usual_one_liners_are_taken_apart() {
        for (line, author, subject, timed) in [
            ("9f8e7d6 2024-06-10 10:40:00 +0200 Lower limit (#12)", None, "Lower limit (#12)", true),
            (
                "* 9f8e7d6 - (HEAD -> main) Lower limit (#12) (2024-06-10 10:40:00 +0200) <Ada>",
                Some("Ada"),
                "Lower limit (#12)",
                true,
            ),
            ("2024-06-10 10:40:00 +0200 9f8e7d6 Lower limit", None, "Lower limit", true),
            ("9f8e7d6 Lower limit (#12)", None, "Lower limit (#12)", false),
            ("9f8e7d6 - Lower limit (3 hours ago) <Ada>", Some("Ada"), "Lower limit", false),
            ("9f8e7d6 1718008800 Lower limit", None, "Lower limit", true),
        ] {
            let found = one_line(line).unwrap();
            assert_eq!((found.author, found.subject, found.at.is_some()), (author, subject, timed), "{line}");
        }
        assert_eq!(one_line("deadbeat people are none"), None);
        assert_eq!(one_line("1718008800 nick said"), None);
    }
}
