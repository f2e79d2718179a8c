//! The rules as people write them, and finding them in a passage.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::text::stem;

/// The modes that come with the tool.
const SHIPPED: &str = include_str!("../../../../models/failure-modes.toml");
/// Words that `..` stands for at most.
const GAP: usize = 4;

/// Rules that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    #[error("{0}")]
    Toml(#[from] Box<toml::de::Error>),
    #[error("the mode `{0}` has neither phrases nor terms")]
    Empty(String),
}

/// One kind of failure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailureMode {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub look_for: String,
    #[serde(default)]
    pub prevent: String,
    #[serde(default)]
    pub phrases: Vec<String>,
    #[serde(default)]
    pub terms: Vec<String>,
    /// Phrases that cancel the mode in their own passage.
    #[serde(default)]
    pub unless: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    mode: Vec<FailureMode>,
}

/// All modes, ready to be found in text.
#[derive(Clone, Debug, Default)]
pub struct FailureModes {
    modes: Vec<FailureMode>,
    cues: Vec<Cue>,
    /// First stem of a cue to its positions in `cues`.
    by_first: HashMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Cue {
    mode: usize,
    kind: CueKind,
    text: String,
    /// Stem, and how many words may stand before it.
    words: Vec<(String, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CueKind {
    Phrase,
    Term,
    Unless,
}

/// What of a mode was found in a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) phrase: Option<String>,
    pub(super) term: Option<String>,
    cancelled: bool,
}

impl FailureModes {
    /// The modes that come with the tool.
    #[must_use]
    pub fn shipped() -> Self {
        // A test keeps the shipped file readable.
        Self::default().with(SHIPPED).unwrap_or_default()
    }

    /// These modes and those of a TOML file; an id that is already there replaces the mode.
    pub fn with(mut self, source: &str) -> Result<Self, RuleError> {
        let file: File = toml::from_str(source).map_err(Box::new)?;
        for mode in file.mode {
            if mode.phrases.is_empty() && mode.terms.is_empty() {
                return Err(RuleError::Empty(mode.id));
            }
            match self.modes.iter_mut().find(|known| known.id == mode.id) {
                Some(known) => *known = mode,
                None => self.modes.push(mode),
            }
        }
        self.compile();
        Ok(self)
    }

    /// In the order in which ties are decided.
    #[must_use]
    pub fn modes(&self) -> &[FailureMode] {
        &self.modes
    }

    fn compile(&mut self) {
        self.cues.clear();
        self.by_first.clear();
        for (mode, rule) in self.modes.iter().enumerate() {
            let lists = [
                (CueKind::Phrase, &rule.phrases),
                (CueKind::Term, &rule.terms),
                (CueKind::Unless, &rule.unless),
            ];
            for (kind, list) in lists {
                self.cues.extend(list.iter().map(|text| Cue {
                    mode,
                    kind,
                    text: text.clone(),
                    words: compiled(text),
                }));
            }
        }
        for (at, cue) in self.cues.iter().enumerate() {
            if let Some((first, _)) = cue.words.first() {
                self.by_first.entry(first.clone()).or_default().push(at);
            }
        }
    }

    /// The modes that speak in a passage, by position; the first cue in the text stands for its kind.
    pub(super) fn find(&self, stems: &[String]) -> BTreeMap<usize, Found> {
        let mut found: BTreeMap<usize, Found> = BTreeMap::new();
        for start in 0..stems.len() {
            for &at in self.by_first.get(&stems[start]).into_iter().flatten() {
                let cue = &self.cues[at];
                if !cue.matches(&stems[start..]) {
                    continue;
                }
                let of_mode = found.entry(cue.mode).or_default();
                match cue.kind {
                    CueKind::Phrase => of_mode.phrase.get_or_insert_with(|| cue.text.clone()),
                    CueKind::Term => of_mode.term.get_or_insert_with(|| cue.text.clone()),
                    CueKind::Unless => {
                        of_mode.cancelled = true;
                        continue;
                    }
                };
            }
        }
        found.retain(|_, of_mode| !of_mode.cancelled);
        found
    }
}

impl Cue {
    /// Whether the words stand at the beginning of `stems`.
    fn matches(&self, stems: &[String]) -> bool {
        let mut at = 0;
        self.words.iter().all(|(word, gap)| {
            let window = stems.get(at..).unwrap_or_default().iter().take(gap + 1);
            match window.enumerate().find(|(_, stem)| *stem == word) {
                Some((skipped, _)) => {
                    at += skipped + 1;
                    true
                }
                None => false,
            }
        })
    }
}

fn compiled(text: &str) -> Vec<(String, usize)> {
    let mut words = Vec::new();
    let mut gap = 0;
    for piece in text.split_whitespace() {
        if piece == ".." {
            gap = GAP;
            continue;
        }
        for word in stems(piece) {
            words.push((word, gap));
            gap = 0;
        }
    }
    words
}

/// Stems of all words, stop words included: phrases need them.
pub(in crate::memory::pattern) fn stems(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| stem(&word.to_lowercase()))
        .collect()
}
