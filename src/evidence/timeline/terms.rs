//! The stemmed words of all facts, each word a number: they are compared many times and read once.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::text::technical_tokens;

use super::fact::Fact;
use super::scope::is_distinctive;

/// A word by its number.
pub(super) type Word = u32;

/// The words of one text, in order of their numbers, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bag(Box<[Word]>);

impl Bag {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Word> + '_ {
        self.0.iter().copied()
    }

    /// How many words both have.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let (short, long) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        short.0.iter().filter(|word| long.0.binary_search(word).is_ok()).count()
    }
}

/// Reads texts into bags.
#[derive(Debug, Default)]
pub(super) struct Reader {
    words: FxHashMap<String, Word>,
    /// By number: the word, and whether it names a part of a system.
    names: Vec<(String, bool)>,
    /// What was read of a token before.
    tokens: FxHashMap<String, Box<[Word]>>,
}

impl Reader {
    fn token(&mut self, token: &str, into: &mut Vec<Word>) {
        if let Some(known) = self.tokens.get(token) {
            into.extend_from_slice(known);
            return;
        }
        let words: Box<[Word]> = technical_tokens(token).into_iter().map(|word| self.word(word)).collect();
        into.extend_from_slice(&words);
        self.tokens.insert(token.to_owned(), words);
    }

    fn word(&mut self, word: String) -> Word {
        if let Some(known) = self.words.get(&word) {
            return *known;
        }
        let number = Word::try_from(self.names.len()).unwrap_or(Word::MAX);
        self.names.push((word.clone(), is_distinctive(&word)));
        self.words.insert(word, number);
        number
    }

    /// The words of several texts together.
    pub(super) fn bag<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> Bag {
        let mut words = Vec::new();
        for text in texts {
            for token in text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|t| !t.is_empty()) {
                self.token(token, &mut words);
            }
        }
        words.sort_unstable();
        words.dedup();
        Bag(words.into())
    }

    /// The words of a fact: its text and what merged records add, its services and telling labels.
    pub(super) fn fact(&mut self, fact: &Fact) -> Bag {
        const LABELS: [&str; 6] = ["alertname", "service", "job", "app", "namespace", "environment"];
        let labels = LABELS.iter().filter_map(|name| fact.labels.get(*name));
        let texts = std::iter::once(&fact.text).chain(&fact.said).chain(&fact.services).chain(labels);
        self.bag(texts.map(String::as_str))
    }
}

/// The bags of all facts of a scene.
#[derive(Debug, Default)]
pub(super) struct Terms {
    reader: Reader,
    bags: Vec<Bag>,
}

impl Terms {
    pub(super) fn new(facts: &[Fact]) -> Self {
        let mut reader = Reader::default();
        let bags = facts.iter().map(|fact| reader.fact(fact)).collect();
        Self { reader, bags }
    }

    pub(super) fn of(&self, at: usize) -> &Bag {
        &self.bags[at]
    }

    /// The words of a fact that name a part of a system.
    pub(super) fn distinctive(&self, at: usize) -> impl Iterator<Item = Word> + '_ {
        self.telling(&self.bags[at])
    }

    pub(super) fn telling<'a>(&'a self, bag: &'a Bag) -> impl Iterator<Item = Word> + 'a {
        bag.iter().filter(|word| self.reader.names[*word as usize].1)
    }

    pub(super) fn name(&self, word: Word) -> &str {
        &self.reader.names[word as usize].0
    }

    /// The distinctive words of a text that is no fact.
    pub(super) fn read(&mut self, text: &str) -> BTreeSet<Word> {
        let bag = self.reader.bag([text]);
        self.telling(&bag).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Reader;

    #[test]
    fn bags_count_what_two_texts_share() {
        let mut reader = Reader::default();
        let one = reader.bag(["the pool of checkout-api is exhausted", "PoolTimeout"]);
        let two = reader.bag(["timeouts of the pool", "checkout"]);
        assert_eq!(one.shared(&two), 3);
        assert_eq!(two.shared(&one), 3);
        assert_eq!(one, reader.bag(["the pool of checkout-api is exhausted PoolTimeout"]));
    }
}
