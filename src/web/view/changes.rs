//! What people changed since the draft was generated, line by line, with the words that differ.

use serde::Serialize;
use similar::{ChangeTag, DiffOp, TextDiff};

/// Unchanged lines shown on either side of a change.
const AROUND: usize = 2;

/// A run of words.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Piece {
    text: String,
    changed: bool,
}

/// One line.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    /// `same`, `gone` or `new`.
    kind: &'static str,
    pieces: Vec<Piece>,
}

/// The difference in groups of lines that stand together.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::web) struct ChangesView {
    /// Whether the generated text was kept at all.
    known: bool,
    added: usize,
    removed: usize,
    groups: Vec<Vec<Line>>,
}

/// Compares; `generated` is `None` when it was not kept.
#[must_use]
pub(in crate::web) fn changes(generated: Option<&str>, now: &str) -> ChangesView {
    let Some(generated) = generated else { return ChangesView::default() };
    let (old, new) = (generated.replace("\r\n", "\n"), now.replace("\r\n", "\n"));
    let diff = TextDiff::from_lines(old.as_str(), new.as_str());
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut view = ChangesView { known: true, ..ChangesView::default() };
    for group in diff.grouped_ops(AROUND) {
        let mut lines = Vec::new();
        for op in group {
            let (before, after) = (&old[op.old_range()], &new[op.new_range()]);
            match op {
                DiffOp::Equal { .. } => lines.extend(before.iter().map(|line| plain("same", line))),
                _ => {
                    view.removed += before.len();
                    view.added += after.len();
                    lines.extend(replaced(&before.join("\n"), &after.join("\n")));
                }
            }
        }
        view.groups.push(lines);
    }
    view
}

fn plain(kind: &'static str, line: &str) -> Line {
    Line { kind, pieces: vec![Piece { text: line.to_owned(), changed: false }] }
}

/// Old lines, then new ones, each with the words that the other side does not have.
fn replaced(old: &str, new: &str) -> Vec<Line> {
    let words = TextDiff::from_words(old, new);
    let side = |kind: &'static str, own: ChangeTag, text: &str| {
        let mut lines = vec![Line { kind, pieces: Vec::new() }];
        let both_sides = !old.is_empty() && !new.is_empty();
        for change in words
            .iter_all_changes()
            .filter(|change| matches!(change.tag(), tag if tag == own || tag == ChangeTag::Equal))
        {
            let changed = both_sides && change.tag() == own;
            for (at, text) in change.value().split('\n').enumerate() {
                if at > 0 {
                    lines.push(Line { kind, pieces: Vec::new() });
                }
                if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                    match line.pieces.last_mut().filter(|piece| piece.changed == changed) {
                        Some(piece) => piece.text.push_str(text),
                        None => line.pieces.push(Piece { text: text.to_owned(), changed }),
                    }
                }
            }
        }
        if text.is_empty() { Vec::new() } else { lines }
    };
    let mut lines = side("gone", ChangeTag::Delete, old);
    lines.extend(side("new", ChangeTag::Insert, new));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_changed_words_are_marked() {
        let view = changes(Some("a\nErrors lasted 33 minutes.\nz\n"), "a\nErrors lasted 41 minutes.\nz\n");
        assert_eq!((view.added, view.removed), (1, 1));
        let marked: Vec<&str> = view.groups[0]
            .iter()
            .flat_map(|line| &line.pieces)
            .filter(|piece| piece.changed)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(marked, ["33", "41"]);
        assert!(!changes(None, "x").known);
    }
}
