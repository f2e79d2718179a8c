//! Pseudonyms of people: stable within a run, reversible on this machine only.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use super::rule::Pattern;
use crate::text::{Span, fold};

/// Given names that are also everyday words: alone and in lower case they are left as words.
const ALSO_WORDS: &[&str] = &[
    "art",
    "april",
    "bill",
    "bob",
    "buck",
    "chase",
    "chip",
    "christian",
    "chuck",
    "clay",
    "dale",
    "dawn",
    "dean",
    "drew",
    "faith",
    "frank",
    "gene",
    "glen",
    "grace",
    "grant",
    "guy",
    "hope",
    "hunter",
    "iris",
    "jack",
    "jade",
    "jay",
    "joy",
    "june",
    "lance",
    "lane",
    "mark",
    "mason",
    "max",
    "may",
    "miles",
    "nick",
    "norm",
    "page",
    "pat",
    "penny",
    "pierce",
    "ray",
    "rich",
    "rob",
    "rose",
    "ruby",
    "rusty",
    "sky",
    "stone",
    "sue",
    "summer",
    "tab",
    "teddy",
    "trace",
    "van",
    "wade",
    "will",
    "young",
    "cook",
    "price",
    "post",
    "field",
    "fields",
    "case",
    "long",
    "short",
    "black",
    "white",
    "brown",
    "green",
    "banks",
    "park",
    "parks",
    "rivers",
    "power",
    "root",
    "day",
    "king",
    "bell",
    "cross",
    "ford",
    "fox",
    "gray",
    "hall",
    "hill",
    "land",
    "law",
    "love",
    "marsh",
    "moon",
    "noble",
    "poole",
    "pool",
    "reed",
    "rush",
    "sharp",
    "small",
    "swift",
    "waters",
    "wells",
    "west",
    "wood",
    "woods",
    "child",
    "stack",
    "bot",
    "team",
    "support",
    "admin",
    "system",
    "service",
    "user",
    "oncall",
    "ops",
    "sre",
    "dev",
    "the",
    "and",
    "for",
    "not",
];

static PSEUDONYM: Pattern =
    LazyLock::new(|| Regex::new(r"(?-u:\b)(responder|contact)-([0-9]{1,6})(?-u:\b)").ok());

/// Whether a name, in lower case, is also a word of every day.
#[must_use]
pub fn is_everyday_word(word: &str) -> bool {
    ALSO_WORDS.contains(&word)
}

/// The people of an incident and the names that stand for them.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// Names to show, in the order of their numbers.
    names: Vec<String>,
    /// A way of writing a person to the person's position in `names`; shared ways of writing are left out.
    aliases: BTreeMap<String, Option<usize>>,
    /// Addresses met so far, in the order of their numbers.
    contacts: Vec<String>,
    automaton: Option<AhoCorasick>,
    /// Parallel to the automaton's patterns.
    patterns: Vec<(String, usize)>,
}

impl People {
    /// Numbers a person; the same name again gives the same number.
    pub(super) fn add(&mut self, name: &str) {
        let name = name.trim().trim_start_matches('@');
        if name.chars().count() < 2 {
            return;
        }
        let known = self.names.iter().position(|known| fold(known) == fold(name));
        let at = known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        self.alias(name, at);
        let parts: Vec<&str> = name.split([' ', '.', '_']).filter(|part| part.chars().count() >= 3).collect();
        if parts.len() > 1 {
            for part in &parts {
                self.alias(part, at);
            }
            for glue in [".", "_", "-", " "] {
                self.alias(&parts.join(glue), at);
            }
        }
        self.build();
    }

    /// A further way of writing a person who was added.
    pub(super) fn add_alias(&mut self, name: &str, alias: &str) {
        self.add(name);
        if let Some(at) =
            self.names.iter().position(|known| fold(known) == fold(name.trim().trim_start_matches('@')))
        {
            self.alias(alias.trim().trim_start_matches('@'), at);
            self.build();
        }
    }

    fn alias(&mut self, alias: &str, at: usize) {
        if alias.chars().count() < 2 {
            return;
        }
        for form in [alias.to_owned(), alias.to_lowercase(), fold(alias)] {
            let entry = self.aliases.entry(form).or_insert(Some(at));
            if *entry != Some(at) {
                *entry = None;
            }
        }
    }

    fn build(&mut self) {
        self.patterns =
            self.aliases.iter().filter_map(|(alias, at)| at.map(|at| (alias.clone(), at))).collect();
        self.automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(self.patterns.iter().map(|(alias, _)| alias))
            .ok();
    }

    /// Where people are named, with the pseudonym to put there.
    pub(super) fn find(&self, text: &str) -> Vec<(Span, String)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        automaton
            .find_iter(text)
            .filter_map(|found| {
                let (alias, at) = self.patterns.get(found.pattern().as_usize())?;
                let span = Span::new(found.start(), found.end());
                is_named(text, span, alias).then(|| (span, format!("responder-{}", at + 1)))
            })
            .collect()
    }

    /// The pseudonym of an address: its owner's where the part before the `@` names one, else its own.
    pub(super) fn contact(&mut self, address: &str) -> String {
        let local = fold(address.split('@').next().unwrap_or_default());
        if let Some(Some(at)) = self.aliases.get(&local) {
            return format!("responder-{}", at + 1);
        }
        let known = self.contacts.iter().position(|known| known.eq_ignore_ascii_case(address));
        let at = known.unwrap_or_else(|| {
            self.contacts.push(address.to_owned());
            self.contacts.len() - 1
        });
        format!("contact-{}", at + 1)
    }

    /// Puts names back in place of pseudonyms; numbers that were never given stay.
    pub(super) fn restore(&self, text: &str) -> String {
        let Some(regex) = PSEUDONYM.as_ref() else { return text.to_owned() };
        let restored = regex.replace_all(text, |found: &regex::Captures<'_>| {
            let list = if &found[1] == "responder" { &self.names } else { &self.contacts };
            let at = found[2].parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            at.and_then(|at| list.get(at)).cloned().unwrap_or_else(|| found[0].to_owned())
        });
        restored.into_owned()
    }
}

/// Whether the match is a name here: whole words, no part of a host, path or identifier, no everyday word.
fn is_named(text: &str, span: Span, alias: &str) -> bool {
    let before = text.get(..span.start).and_then(|head| head.chars().next_back());
    let mut after = text.get(span.end..).unwrap_or_default().chars();
    let (next, second) = (after.next(), after.next());
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if inside(before) || inside(next) {
        return false;
    }
    if matches!(before, Some('-' | '/' | '.' | '$'))
        || matches!(next, Some('-' | '.' | '/')) && inside(second)
    {
        return false;
    }
    let everyday = is_everyday_word(&alias.to_lowercase());
    let capital = span.of(text).chars().next().is_some_and(char::is_uppercase);
    !everyday || before == Some('@') || capital && !starts_sentence(text, span.start)
}

fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '*', '_', '"', '>', '-']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', '|'])
}
