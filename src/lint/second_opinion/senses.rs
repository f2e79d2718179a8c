//! Senses of words: what a word says of people and their acts, compared by stem, from a table.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Senses by stem, each a bit; the names of the bits in the order of the table.
struct Table {
    by_stem: FxHashMap<String, u64>,
    names: Vec<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { by_stem: FxHashMap::default(), names: Vec::new() };
    for line in include_str!("senses.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            table.names.push(name.trim_end_matches(']'));
            continue;
        }
        let bit = 1 << (table.names.len().max(1) - 1);
        for word in line.split_whitespace() {
            *table.by_stem.entry(crate::text::stem(word)).or_default() |= bit;
        }
    }
    debug_assert!(table.names.len() <= 64, "a sense is a bit of a u64");
    table
});

/// Senses of a stem; of a word with hyphens, those of its last part when the whole has none.
pub(super) fn of(stem: &str, word: &str) -> u64 {
    let whole = TABLE.by_stem.get(stem).copied();
    whole
        .or_else(|| {
            let (_, tail) = word.rsplit_once('-')?;
            TABLE.by_stem.get(&crate::text::stem(tail)).copied()
        })
        .unwrap_or_default()
}

/// Names of the senses in a set, in the order of the table.
pub(super) fn names(set: u64) -> impl Iterator<Item = &'static str> {
    TABLE.names.iter().enumerate().filter(move |(bit, _)| set & (1 << bit) != 0).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_its_stem() {
        let of_word = |word: &str| names(of(&crate::text::stem(word), word)).collect::<Vec<_>>();
        assert!(of_word("ignoring").contains(&"disregard"));
        assert!(of_word("half-careless").contains(&"insult"));
        assert!(of_word("zzz").is_empty());
    }
}
