//! The sentences of one record: people end them with a line break as often as with a full stop.

use super::inert::plain_line;
use crate::text::{sentences, unmarked};

/// From this many characters on, a line that ends without a full stop was broken to fit a width.
const FULL_LINE: usize = 50;

/// What opens an item of a list.
const MARKS: [&str; 3] = ["- ", "* ", "• "];

/// The sentences of redacted text, on one line each, and how many of them people typed; what they pasted between fences
/// comes after. The marks of lists are no words, nor are those of chat programs where the text is `marked`.
pub(super) fn parts(text: &str, marked: bool) -> (Vec<String>, usize) {
    let (mut typed, mut pasted) = (Paragraphs::default(), Paragraphs::default());
    for (at, block) in text.split("```").enumerate() {
        let paragraphs = if at % 2 == 0 { &mut typed } else { &mut pasted };
        paragraphs.open = false;
        block.lines().for_each(|line| paragraphs.add(line, marked));
    }
    let mut all = typed.sentences();
    let count = all.len();
    all.extend(pasted.sentences());
    (all, count)
}

#[derive(Default)]
struct Paragraphs {
    found: Vec<String>,
    /// Whether the next line may go on with the last one.
    open: bool,
}

impl Paragraphs {
    fn sentences(&self) -> Vec<String> {
        let of = |text: &String| -> Vec<String> {
            sentences(text).into_iter().map(|span| span.of(text).to_owned()).collect()
        };
        self.found.iter().flat_map(of).collect()
    }

    fn add(&mut self, raw: &str, marked: bool) {
        let item = MARKS.iter().find_map(|mark| raw.trim_start().strip_prefix(mark));
        let line = plain_line(item.unwrap_or(raw));
        let line = if marked { unmarked(&line) } else { line };
        if line.is_empty() {
            self.open = false;
            return;
        }
        let goes_on =
            self.open && item.is_none() && line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        self.open = line.chars().count() >= FULL_LINE && !line.ends_with(['.', '!', '?', ':', ';']);
        match self.found.last_mut().filter(|_| goes_on) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(&line);
            }
            None => self.found.push(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_ends_a_sentence_unless_the_line_was_full() {
        let chat = "yeah, short version:\n- nodes panic\n- we are throttled because we read too much\nno idea why. Looking";
        assert_eq!(
            parts(chat, false).0,
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
            parts(wrapped, false).0,
            [
                "The pool was exhausted because every worker opened a second connection for the audit table.",
                "It recovered.",
                "Done"
            ]
        );
        let (told, typed) = parts("see\n```\nexit code 137\n```\nlooking", false);
        assert_eq!(
            (told, typed),
            (vec!["see".to_owned(), "looking".to_owned(), "exit code 137".to_owned()], 2)
        );
    }
}
