//! Puts units together again: white space that keeps tables tables, and conflicts where a reader looks for them.

use super::units::{Unit, UnitKind};
use super::{Conflict, Merged};

/// Where a piece of the merged text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Ours,
    Theirs,
}

/// Where a piece stands in the documents that hold it, and the white space behind it there.
#[derive(Clone, Debug, Default)]
struct Place {
    ours: Option<(usize, String)>,
    theirs: Option<(usize, String)>,
}

impl Place {
    fn of(unit: &Unit<'_>) -> Option<(usize, String)> {
        Some((unit.at, unit.gap.to_owned()))
    }
}

/// The gap to `next` if it stands right behind this piece in that document.
fn gap_between(this: Option<&(usize, String)>, next: Option<&(usize, String)>) -> Option<String> {
    let ((at, gap), (next, _)) = (this?, next?);
    (at + 1 == *next).then(|| gap.clone())
}

/// The last piece written.
#[derive(Clone, Debug)]
struct Last {
    kind: UnitKind,
    /// What follows if nothing decides otherwise.
    gap: String,
    place: Place,
}

/// Collects the merged text.
pub(super) struct Joiner {
    merged: Merged,
    last: Option<Last>,
    section: String,
    next: usize,
    /// Conflicts that are shown when the block they belong to has ended.
    pending: Vec<String>,
}

impl Joiner {
    pub(super) fn new(lead: &str, first: usize) -> Self {
        let merged = Merged { text: lead.to_owned(), ..Merged::default() };
        Self { merged, last: None, section: String::new(), next: first, pending: Vec::new() }
    }

    pub(super) fn enter(&mut self, heading: &str) {
        heading.clone_into(&mut self.section);
    }

    /// Both sides left it alone; white space that a person changed stays changed.
    pub(super) fn same(&mut self, base: &Unit<'_>, ours: &Unit<'_>, theirs: &Unit<'_>) {
        let text = if ours.text == base.text { theirs } else { ours };
        self.shared(base, ours, theirs, text);
    }

    /// The other side changed what a person left alone.
    pub(super) fn updated(&mut self, base: &Unit<'_>, ours: &Unit<'_>, theirs: &Unit<'_>) {
        self.merged.updated += 1;
        self.shared(base, ours, theirs, theirs);
    }

    fn shared(&mut self, base: &Unit<'_>, ours: &Unit<'_>, theirs: &Unit<'_>, text: &Unit<'_>) {
        let gap = if ours.gap == base.gap { theirs.gap } else { ours.gap };
        self.push(text, gap, Place { ours: Place::of(ours), theirs: Place::of(theirs) });
    }

    /// A person's own text.
    pub(super) fn kept(&mut self, unit: &Unit<'_>) {
        self.merged.kept += 1;
        self.ours(unit);
    }

    pub(super) fn ours(&mut self, unit: &Unit<'_>) {
        self.added(unit, Source::Ours);
    }

    pub(super) fn added(&mut self, unit: &Unit<'_>, source: Source) {
        if source == Source::Theirs {
            self.merged.updated += 1;
        }
        let place = match source {
            Source::Ours => Place { ours: Place::of(unit), theirs: None },
            Source::Theirs => Place { ours: None, theirs: Place::of(unit) },
        };
        self.push(unit, unit.gap, place);
    }

    /// The other side dropped what a person left alone.
    pub(super) fn dropped(&mut self) {
        self.merged.updated += 1;
    }

    /// Shows the regenerated text beside the person's (`None`: deleted).
    pub(super) fn conflict(&mut self, ours: Option<&str>, theirs: &str, kind: UnitKind, heads_table: bool) {
        let number = self.next;
        self.next += 1;
        self.merged.conflicts.push(Conflict {
            number,
            section: self.section.clone(),
            ours: ours.unwrap_or_default().to_owned(),
            theirs: theirs.to_owned(),
        });
        let in_table = self.last.as_ref().is_some_and(|last| last.kind == UnitKind::Row);
        match kind {
            UnitKind::FrontMatter => {
                let line = format!("# Conflict {number}, regenerated: {theirs}");
                self.push_line(kind, &line);
            }
            UnitKind::Row if in_table && !heads_table => {
                let cells = theirs.trim_start().trim_start_matches('|').trim_start();
                let row = format!("| **Conflict {number}, regenerated:** {cells}");
                self.push_line(kind, &row);
            }
            _ => {
                let said = if ours.is_some() {
                    "you changed the text above; from the evidence it would now read:"
                } else {
                    "you deleted text here; from the evidence it would now read:"
                };
                self.pending.push(format!("> **Conflict {number}**: {said}\n>\n{}", quoted(theirs)));
            }
        }
    }

    pub(super) fn finish(mut self) -> Merged {
        self.show_pending();
        if let Some(last) = self.last.take() {
            self.merged.text.push_str(&last.gap);
        }
        self.merged
    }

    /// A line of our own making.
    fn push_line(&mut self, kind: UnitKind, text: &str) {
        let line = Unit { kind, text, gap: "\n", at: 0, heads_table: false };
        self.push(&line, line.gap, Place::default());
    }

    fn push(&mut self, unit: &Unit<'_>, gap: &str, place: Place) {
        let kind = unit.kind;
        if self.last.as_ref().is_some_and(|last| ends_block(last, kind)) {
            self.show_pending();
        }
        let mut gap = gap.to_owned();
        if let Some(last) = &mut self.last {
            let ours = gap_between(last.place.ours.as_ref(), place.ours.as_ref());
            let theirs = gap_between(last.place.theirs.as_ref(), place.theirs.as_ref());
            match (ours, theirs) {
                (Some(_), Some(_)) => {}
                (Some(only), None) | (None, Some(only)) => last.gap = only,
                (None, None) => {
                    let in_list = kind == last.kind
                        && matches!(
                            kind,
                            UnitKind::Row | UnitKind::Item | UnitKind::Footnote | UnitKind::FrontMatter
                        );
                    if in_list && !unit.heads_table && blank_lines(&last.gap) {
                        gap = std::mem::replace(&mut last.gap, "\n".to_owned());
                    }
                    let in_paragraph = kind == UnitKind::Sentence && last.kind == kind;
                    ensure(
                        &mut last.gap,
                        if in_list {
                            "\n"
                        } else if in_paragraph {
                            " "
                        } else {
                            "\n\n"
                        },
                    );
                }
            }
            self.merged.text.push_str(&last.gap);
        }
        self.merged.text.push_str(unit.text);
        self.last = Some(Last { kind, gap, place });
    }

    fn show_pending(&mut self) {
        for block in std::mem::take(&mut self.pending) {
            let gap = match &mut self.last {
                Some(last) => {
                    let gap = std::mem::replace(&mut last.gap, "\n\n".to_owned());
                    self.merged.text.push_str(&last.gap);
                    gap
                }
                None => "\n\n".to_owned(),
            };
            self.merged.text.push_str(&block);
            self.last = Some(Last { kind: UnitKind::Block, gap, place: Place::default() });
        }
    }
}

/// Whether a unit of `kind` no longer belongs to the paragraph, list or table before it.
fn ends_block(last: &Last, kind: UnitKind) -> bool {
    last.kind != kind
        || kind == UnitKind::Block
        || kind == UnitKind::Heading
        || kind == UnitKind::Sentence && blank_lines(&last.gap)
}

fn blank_lines(gap: &str) -> bool {
    gap.matches('\n').count() > 1
}

/// Makes a gap at least as wide as needed.
fn ensure(gap: &mut String, needed: &str) {
    let breaks = needed.matches('\n').count();
    if breaks == 0 {
        if gap.is_empty() {
            gap.push_str(needed);
        }
        return;
    }
    while gap.matches('\n').count() < breaks {
        gap.push('\n');
    }
}

/// As a block quote; a footnote's definition is shown, not defined again.
fn quoted(text: &str) -> String {
    let line = |line: &str| {
        let line = line.trim_end();
        let shown =
            if line.starts_with("[^") && line.contains("]:") { format!("\\{line}") } else { line.to_owned() };
        format!("> {shown}").trim_end().to_owned()
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
