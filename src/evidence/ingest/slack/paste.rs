//! The lines that Slack puts around messages when a conversation is copied: names with times, dividers, counts.

use jiff::SignedDuration;

use crate::evidence::ingest::moment::{self, Clock};
use crate::evidence::ingest::prose::find_date;

/// A header line: who, when, and whether a bot.
#[derive(Debug, PartialEq)]
pub(crate) struct Header<'a> {
    pub name: &'a str,
    pub clock: Clock,
    pub bot: bool,
}

/// A paste out of Markdown carries quote marks, though not on every line.
pub(crate) fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ']).trim_end()
}

pub(crate) fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=50).contains(&length)
        && name.starts_with(|c: char| c.is_alphanumeric() || "@_.".contains(c))
        && name.split_whitespace().count() <= 5
        && !name.ends_with([':', ',', '-', '–', '|', '.'])
        && !name.ends_with(" at")
        && !name.contains([':', '|', '#', '<', '='])
        && moment::parse(name).is_none()
        && find_date(name).is_none()
}

pub(crate) fn header(line: &str) -> Option<Header<'_>> {
    let line = unquoted(line).trim_matches('*').trim();
    let (name, clock, bracketed) = match line.strip_suffix(']') {
        Some(open) => {
            let (name, inside) = open.rsplit_once('[')?;
            let (clock, rest) = moment::clock(inside.trim())?;
            rest.trim().is_empty().then_some((name, clock, true))?
        }
        None => {
            let (name, clock) = trailing_clock(line)?;
            (name, clock, false)
        }
    };
    // A name on the line above, its status emoji or the mark of an app before the time.
    if name.trim() == "APP" || name.trim().starts_with(':') && without_status(name).is_empty() {
        return None;
    }
    let wide = name.ends_with("  ") || name.ends_with(['\t', '\u{a0}']);
    let name = without_status(name).trim_matches('*').trim();
    let (name, bot) = match name.strip_suffix("APP").or_else(|| name.strip_suffix(" BOT")) {
        Some(rest) if !rest.trim().is_empty() => (rest.trim(), true),
        _ => (name, false),
    };
    // `Ann Lee, 14:02`, as chats and mail quote people.
    let (name, quoted) = match name.strip_suffix(',') {
        Some(rest) if !bracketed && is_full_name(rest) => (rest.trim_end(), true),
        _ => (name, false),
    };
    let certain =
        quoted || bracketed || wide || bot || (clock.half_day && name.split_whitespace().count() <= 3);
    (certain && is_name(name)).then_some(Header { name, clock, bot })
}

/// One to three words, each of which begins with a capital: no words of a sentence.
fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    (1..=3).contains(&words.len()) && words.iter().all(capital)
}

/// A name without the emoji of its status: `Jonas :palm_tree:`.
pub(crate) fn without_status(name: &str) -> &str {
    let mut name = name.trim();
    while let Some((rest, emoji)) = name.strip_suffix(':').and_then(|open| open.rsplit_once(':')) {
        let code = !emoji.is_empty() && emoji.chars().all(|c| c.is_alphanumeric() || "_-+".contains(c));
        if !code || !(rest.is_empty() || rest.ends_with(' ')) {
            break;
        }
        name = rest.trim_end();
    }
    name
}

/// A time without a name: of the name on the line above, or of a further message of the same author. Status emoji and
/// the mark of an app may stand before it.
pub(crate) fn bare_time(line: &str) -> Option<(Clock, bool)> {
    let plain = unquoted(line);
    if let Some((clock, rest)) = moment::clock(plain) {
        return rest.trim().is_empty().then_some((clock, false));
    }
    let (before, clock) = trailing_clock(plain)?;
    let before = before.trim();
    let app = before == "APP";
    (app || without_status(before).is_empty()).then_some((clock, app))
}

/// Hours, minutes or days that a header gives instead of a time: `name [3 hours ago]`.
pub(crate) fn aged_header(line: &str) -> Option<(&str, SignedDuration)> {
    let line = unquoted(line).trim_matches('*');
    let (name, inside) = line.strip_suffix(']')?.rsplit_once('[')?;
    let mut words = inside.trim().strip_suffix(" ago")?.split_whitespace();
    let (number, unit) = (words.next()?, words.next()?);
    let number: i64 = if matches!(number, "a" | "an" | "one") { 1 } else { number.parse().ok()? };
    let unit = match unit.trim_end_matches('s') {
        "minute" | "min" => 60,
        "hour" | "hr" => 3600,
        "day" => 86_400,
        _ => return None,
    };
    let name = name.trim().trim_matches('*').trim();
    is_name(name).then(|| Some((name, SignedDuration::from_secs(number.checked_mul(unit)?))))?
}

/// The time at the end of a line: one word, or two with AM or PM.
fn trailing_clock(line: &str) -> Option<(&str, Clock)> {
    let starts = line
        .char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && line[..*at].ends_with([' ', '\t', '\u{a0}']));
    let mut found = starts.filter_map(|(at, _)| {
        let (clock, rest) = moment::clock(&line[at..])?;
        rest.trim().is_empty().then_some((&line[..at], clock))
    });
    found.next()
}

/// Lines that the copy brings along and nobody said.
pub(crate) fn is_noise(line: &str) -> bool {
    let lower = line.to_lowercase();
    let lower = lower.trim();
    let counted = |what: &str| {
        lower
            .strip_suffix(what)
            .is_some_and(|count| !count.trim().is_empty() && count.trim().bytes().all(|b| b.is_ascii_digit()))
    };
    [
        "view newer replies",
        "view older replies",
        "view reply",
        "view thread",
        "show more",
        "show less",
        "new",
        "replied to a thread:",
        "also sent to the channel",
        "today",
        "yesterday",
        "view message",
        "posted in",
        "thread",
        "reply",
        "---",
    ]
    .contains(&lower)
        || counted("replies")
        || counted("reply")
        || lower.starts_with("last reply ")
        || lower.bytes().all(|byte| byte.is_ascii_digit())
        || (lower.starts_with('[') && lower.contains("]: http"))
}

/// A line without the button that some clients copy right behind its last word: `not responding.View newer replies`.
pub(crate) fn without_button(line: &str) -> &str {
    const BUTTONS: [&str; 5] =
        ["View newer replies", "View older replies", "View message", "View thread", "View reply"];
    let line = line.trim_end();
    BUTTONS.iter().find_map(|button| line.strip_suffix(button)).map_or(line, |said| {
        match said.chars().next_back() {
            // "click View thread" is said; a button has no space before it.
            Some(last) if !last.is_whitespace() => said,
            _ => line,
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a failing test may panic
    use super::{header, without_button};

    #[test]
    fn headers_of_both_generations_are_known_and_sentences_are_not() {
        assert_eq!(header("Ada Okafor [8:27 AM]").unwrap().name, "Ada Okafor");
        assert_eq!(header("ada  08:27").unwrap().name, "ada");
        assert!(header("deploy-bot APP [9:12 AM]").unwrap().bot);
        assert_eq!(header("we start again at 9:15"), None);
        assert_eq!(header("Next update by: 10:40 AM"), None);
    }

    #[test]
    fn a_button_behind_the_last_word_was_not_said() {
        assert_eq!(without_button("nothing answers.View newer replies"), "nothing answers.");
        assert_eq!(without_button("see the View thread"), "see the View thread");
    }
}
