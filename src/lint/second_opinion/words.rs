//! Lists of words without which no rule explains what the model suspects, and of words that it does not see.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub(super) const HUMAN: u8 = 1;
pub(super) const UNREAL: u8 = 2;
pub(super) const CERTAIN: u8 = 4;
pub(super) const JUDGING: u8 = 8;
pub(super) const EXCLUSIVE: u8 = 16;
pub(super) const EMPTY: u8 = 32;

/// The lists that each word stands in: one look-up for every word of a sentence.
static LISTS: LazyLock<FxHashMap<&str, u8>> = LazyLock::new(|| {
    let mut lists = FxHashMap::default();
    for (bit, words) in [
        (HUMAN, HUMAN_WORDS),
        (UNREAL, UNREAL_WORDS),
        (CERTAIN, CERTAIN_WORDS),
        (JUDGING, JUDGING_WORDS),
        (EXCLUSIVE, EXCLUSIVE_WORDS),
        (EMPTY, EMPTY_WORDS),
    ] {
        for word in words {
            *lists.entry(*word).or_default() |= bit;
        }
    }
    lists
});

/// The lists that a lower-case word stands in, as bits.
pub(super) fn lists_of(word: &str) -> u8 {
    LISTS.get(word).copied().unwrap_or_default()
}

/// Words for people, their parts and their standing.
const HUMAN_WORDS: &[&str] = &[
    "human",
    "humans",
    "person",
    "people",
    "personal",
    "personnel",
    "staff",
    "hand",
    "hands",
    "finger",
    "fingers",
    "someone",
    "somebody",
    "individual",
    "manual",
    "mental",
    "responsible",
    "culprit",
    "hr",
    "manager",
    "his",
    "her",
    "firm",
    "contractor",
    "drivers",
    "offender",
    "privileges",
    "allowance",
    "bonus",
    "privilege",
    "badge",
];

/// Words of duty, possibility and a world that did not exist.
const UNREAL_WORDS: &[&str] = &[
    "should",
    "could",
    "would",
    "might",
    "ought",
    "if",
    "had",
    "wish",
    "?",
    "nobody",
    "never",
    "supposed",
    "meant",
    "expected",
    "obligation",
    "duty",
    "opportunity",
    "chance",
    "chances",
    "instead",
    "without",
    "regrettable",
    "unfortunate",
    "pity",
    "shame",
    "need",
    "needed",
    "unread",
    "unchecked",
    "untested",
    "unanswered",
    "unnoticed",
    "unheeded",
    "too",
    "enough",
    "earlier",
    "sooner",
    "late",
];

/// Words that call an outcome plain or foreseeable.
const CERTAIN_WORDS: &[&str] = &[
    "obvious",
    "obviously",
    "clear",
    "clearly",
    "course",
    "naturally",
    "inevitable",
    "inevitably",
    "predictable",
    "predictably",
    "surprise",
    "surprised",
    "surprising",
    "unsurprisingly",
    "bound",
    "doomed",
    "always",
    "sooner",
    "knew",
    "known",
    "knows",
    "know",
    "see",
    "seen",
    "foresee",
    "foreseen",
    "foreseeable",
    "foretold",
    "foreseeing",
    "everyone",
    "everybody",
    "anyone",
    "anybody",
    "any",
    "matter",
    "wall",
    "coming",
    "waiting",
    "wonder",
    "doubt",
    "sure",
    "certain",
    "plain",
    "plainly",
    "told",
    "expected",
    "warned",
    "written",
    "tears",
    "law",
    "going",
    "only",
    "hardly",
    "destined",
    "evident",
    "evidently",
    "needless",
    "given",
    "nobody",
    "could",
    "will",
    "never",
];

/// Words that judge a person or their work.
const JUDGING_WORDS: &[&str] = &[
    "nice",
    "great",
    "genius",
    "brilliant",
    "poor",
    "poorly",
    "bad",
    "badly",
    "joke",
    "disgrace",
    "sorry",
    "ashamed",
    "properly",
    "embarrassing",
    "worst",
    "worse",
    "mess",
    "chaos",
    "chaotic",
    "wishful",
    "beyond",
    "frankly",
    "honestly",
    "finest",
    "best",
    "decent",
    "serious",
    "seriously",
    "even",
    "bothered",
    "lack",
    "experience",
    "mere",
    "so-called",
    "wild",
    "hope",
    "courage",
    "discipline",
    "attitude",
    "ever",
    "finally",
    "last",
];

/// Words that leave no room for a second cause.
const EXCLUSIVE_WORDS: &[&str] = &[
    "only",
    "sole",
    "solely",
    "alone",
    "nothing",
    "single",
    "one",
    "entire",
    "entirely",
    "whole",
    "exclusively",
    "purely",
    "just",
    "no",
    "other",
    "everything",
    "all",
    "elsewhere",
    "else",
    "culprit",
    "period",
    "story",
    "simply",
    "anything",
    "rest",
    "beyond",
];

/// Words that tell the author of the data from others, not blame from its absence.
const EMPTY_WORDS: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "of", "to", "in", "on", "at", "for", "from", "with",
    "by", "will", "have", "be", "is", "are", "was", "were", "been", "has", "it", "its", "as", "and", "dure",
    "during", "which", "into", "then", "there", "also", "result", "cause", "incid", "outag", "make", ",",
    ".", ":", ";", "(", ")", "-",
];
