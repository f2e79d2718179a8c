//! Facts that an older version of a document told and the newer one does not: mending the wording must not lose them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::SectionKind;
use crate::text::markdown::{BlockKind, blocks};
use crate::text::{LineIndex, Span, stem};

use super::ascii;

/// What sort of fact went missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    Time,
    Number,
    /// An identifier in code, a version, a ticket, a host.
    Identifier,
    /// A statement about causes, known by its content words.
    Cause,
    /// An action item, known by its content words.
    Action,
}

/// A fact of the old version.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LostFact {
    pub kind: FactKind,
    /// As it stood in the old version.
    pub text: String,
    /// Line in the old version, from 1.
    pub line: usize,
}

static TIME: LazyLock<Option<Regex>> =
    LazyLock::new(|| ascii::pattern(r"\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{4}-\d{2}-\d{2}\b"));
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| ascii::pattern(r"\b\d[\d,.]*\d%?|\b\d%?"));
static IDENTIFIER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    ascii::pattern(r"\b[A-Z][A-Z0-9]+-\d+\b|\bv?\d+\.\d+\.\d+\b|\b[a-z0-9]+(?:[-_][a-z0-9]+)+\b")
});

/// Share of the content words of a statement that the new version must keep.
const KEPT: f64 = 0.5;

/// Facts of `old` that `new` does not tell, in order of their lines, each once.
#[must_use]
pub fn lost_facts(old: &str, new: &str) -> Vec<LostFact> {
    let lines = LineIndex::new(old);
    let new_text = plain(new);
    let new_words = words(&new_text);
    let mut lost: BTreeMap<(usize, FactKind, String), ()> = BTreeMap::new();
    let mut section = None;
    for block in blocks(old) {
        if let BlockKind::Heading(_) = block.kind {
            section = SectionKind::told_by(&block.text);
            continue;
        }
        if matches!(block.kind, BlockKind::Html | BlockKind::FrontMatter | BlockKind::Code) {
            continue;
        }
        let line_of = |at: usize| lines.line(block.source_span(Span::new(at, at)).start);
        let mut taken: Vec<Span> = Vec::new();
        for (kind, pattern) in
            [(FactKind::Time, &TIME), (FactKind::Identifier, &IDENTIFIER), (FactKind::Number, &NUMBER)]
        {
            let Some(pattern) = pattern.as_ref() else { continue };
            for hit in pattern.find_iter(&block.text) {
                let span = Span::from(hit.range());
                if taken.iter().any(|other| other.start < span.end && span.start < other.end) {
                    continue;
                }
                taken.push(span);
                if !holds(&new_text, hit.as_str()) {
                    lost.insert((line_of(hit.start()), kind, hit.as_str().to_owned()), ());
                }
            }
        }
        let kind = match section {
            Some(SectionKind::RootCause | SectionKind::ContributingFactors) => Some(FactKind::Cause),
            Some(SectionKind::Actions) => Some(FactKind::Action),
            _ => None,
        };
        if let Some(kind) = kind.filter(|_| !matches!(block.kind, BlockKind::TableCell { row: 0, .. })) {
            for span in crate::text::sentences(&block.text) {
                let statement = span.of(&block.text);
                if is_gone(statement, &new_words) {
                    lost.insert((line_of(span.start), kind, statement.to_owned()), ());
                }
            }
        }
    }
    lost.into_keys().map(|(line, kind, text)| LostFact { kind, text, line }).collect()
}

/// The number or identifier stands in the text as a whole.
fn holds(text: &str, fact: &str) -> bool {
    text.match_indices(fact).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + fact.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn plain(source: &str) -> String {
    blocks(source)
        .into_iter()
        .filter(|block| block.kind != BlockKind::Html)
        .map(|block| block.text + "\n")
        .collect()
}

/// Stems of content words; words of blame are no facts.
fn words(text: &str) -> std::collections::BTreeSet<String> {
    crate::text::words(text)
        .into_iter()
        .map(|span| span.of(text).to_lowercase())
        .filter(|word| word.len() > 3 && !crate::text::is_stop_word(word) && !BLAME.contains(&word.as_str()))
        .map(|word| stem(&word))
        .collect()
}

const BLAME: &[&str] = &[
    "should",
    "could",
    "would",
    "forgot",
    "failed",
    "mistake",
    "error",
    "careless",
    "human",
    "blame",
    "fault",
    "never",
    "nobody",
    "obviously",
    "clearly",
    "engineer",
    "operator",
    "admin",
    "team",
];

fn is_gone(statement: &str, new_words: &std::collections::BTreeSet<String>) -> bool {
    let own = words(statement);
    let kept = own.iter().filter(|word| new_words.contains(*word)).count();
    #[allow(clippy::cast_precision_loss, reason = "words of one sentence")]
    let share = kept as f64 / own.len().max(1) as f64;
    own.len() >= 3 && share < KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mended_wording_keeps_its_facts_and_a_cut_one_loses_them() {
        let old = "## Root cause\n\nMara forgot to raise the limit of `pool-web` from 20 to 80 at 10:12.\n";
        let mended =
            "## Root cause\n\nThe limit of `pool-web` stayed at 20; the raise to 80 was planned for 10:12.\n";
        assert_eq!(lost_facts(old, mended), []);
        let cut = "## Root cause\n\nThe pool was full.\n";
        let kinds: Vec<FactKind> = lost_facts(old, cut).into_iter().map(|fact| fact.kind).collect();
        for kind in [FactKind::Time, FactKind::Number, FactKind::Identifier, FactKind::Cause] {
            assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
        }
    }
}
