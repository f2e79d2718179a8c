//! Three-way merge of a postmortem by section and claim: what a person wrote always stays.
//!
//! `base` is what was generated, `ours` the file as people edited it, `theirs` what would be generated now. A claim
//! that only one side changed is taken from that side; where both did, the person's text stays and the regenerated
//! text is shown below it as a numbered conflict.

mod align;
mod join;
mod section;
mod units;

use std::sync::LazyLock;

use regex::Regex;

use crate::text::LineIndex;

/// The merged document and what happened to its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    pub text: String,
    pub conflicts: Vec<Conflict>,
    /// Claims, rows and lines that a person wrote or changed and that are kept.
    pub kept: usize,
    /// Claims, rows and lines taken from the regenerated text.
    pub updated: usize,
}

/// One place that both a person and the new evidence changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// As shown in the document, counted on from conflicts that are still in it.
    pub number: usize,
    /// Heading of the section; empty in the front matter.
    pub section: String,
    /// The person's text; empty where it was deleted.
    pub ours: String,
    pub theirs: String,
}

/// A conflict that still stands in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unresolved {
    pub number: usize,
    /// From 1.
    pub line: usize,
}

static SHOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^(?:> \*\*Conflict (\d+)|\| \*\*Conflict (\d+)|# Conflict (\d+))").ok()
});

/// Merges; `ours` is returned byte for byte when nothing was regenerated differently.
#[must_use]
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    let breaks = ours.matches('\n').count();
    if breaks > 0 && ours.matches("\r\n").count() == breaks {
        let unix = |text: &str| text.replace("\r\n", "\n");
        let mut merged = merge(&unix(base), &unix(ours), &unix(theirs));
        merged.text = merged.text.replace('\n', "\r\n");
        return merged;
    }
    let first = unresolved(ours).iter().map(|one| one.number).max().unwrap_or(0) + 1;
    let (base, ours, theirs) = (units::read(base), units::read(ours), units::read(theirs));
    section::merge(&base, &ours, &theirs, first)
}

/// The conflicts that a person has not settled yet: settled means that the shown text was deleted.
#[must_use]
pub fn unresolved(document: &str) -> Vec<Unresolved> {
    let index = LineIndex::new(document);
    let Some(regex) = SHOWN.as_ref() else { return Vec::new() };
    regex
        .captures_iter(document)
        .filter_map(|found| {
            let number = (1..found.len()).find_map(|group| found.get(group))?;
            Some(Unresolved { number: number.as_str().parse().ok()?, line: index.line(number.start()) })
        })
        .collect()
}

#[cfg(test)]
mod loss;
#[cfg(test)]
mod tests;
