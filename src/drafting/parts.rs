//! The sentences of one record: people end them with a line break as often as with a full stop.

use super::inert::plain_line;
use crate::text::sentences;

/// From this many characters on, a line that ends without a full stop was broken to fit a width.
const FULL_LINE: usize = 50;

/// What opens an item of a list.
const MARKS: [&str; 3] = ["- ", "* ", "• "];

/// The sentences of redacted text, on one line each; fences and the marks of lists are no words.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for raw in text.lines() {
        let item = MARKS.iter().find_map(|mark| raw.trim_start().strip_prefix(mark));
        let line = plain_line(&item.unwrap_or(raw).replace("```", " "));
        if line.is_empty() {
            open = false;
            continue;
        }
        let goes_on =
            open && item.is_none() && line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        match paragraphs.last_mut().filter(|_| goes_on) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(&line);
            }
            None => paragraphs.push(line.clone()),
        }
        open = line.chars().count() >= FULL_LINE && !line.ends_with(['.', '!', '?', ':', ';']);
    }
    paragraphs
        .iter()
        .flat_map(|paragraph| sentences(paragraph).into_iter().map(|span| span.of(paragraph).to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_ends_a_sentence_unless_the_line_was_full() {
        let chat = "yeah, short version:\n- nodes panic\n- we are throttled because we read too much\nno idea why. Looking";
        assert_eq!(
            parts(chat),
            [
                "yeah, short version:",
                "nodes panic",
                "we are throttled because we read too much",
                "no idea why.",
                "Looking"
            ]
        );
        let wrapped = "The pool was exhausted because every worker opened a second\nconnection for the audit table. It recovered.\n\nDone";
        assert_eq!(
            parts(wrapped),
            [
                "The pool was exhausted because every worker opened a second connection for the audit table.",
                "It recovered.",
                "Done"
            ]
        );
        assert_eq!(parts("```\nexit code 137\n```"), ["exit code 137"]);
    }
}
