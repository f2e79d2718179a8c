//! Just enough English: tokens, people as subjects, clauses, phrase patterns.

mod agent;
mod clause;
mod noun;
mod pattern;
mod role;
mod scope;
mod token;
mod unit;

pub(crate) use agent::{Agent, AgentKind, Kinds};
pub(crate) use clause::Clause;
pub(crate) use pattern::{Pattern, PatternIndex};
pub(crate) use token::{Kind, Token};

use std::cell::OnceCell;

use crate::text::Span;

use super::lexicon::{Classes, Lexicon};
use super::names::Names;
use super::section::SectionKind;

/// One sentence with everything that rules ask about it.
pub(crate) struct Sentence {
    /// The words as written.
    pub(crate) text: String,
    /// Lower case, the same tokens; apostrophes straight, contractions written out.
    lower: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) agents: Vec<Agent>,
    clauses: OnceCell<Vec<Clause>>,
    pub(crate) section: Option<SectionKind>,
    /// First token after a time, a list number or a label such as "Cause:".
    pub(crate) lead: usize,
    /// Index of the block it stands in.
    pub(crate) block: usize,
    /// Place in the text of its block.
    pub(crate) span: Span,
    pub(crate) quoted: bool,
}

impl Sentence {
    /// Lower-case word of a token, `""` beyond the end.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.of(&self.lower))
    }

    pub(crate) fn has(&self, at: usize, classes: Classes) -> bool {
        self.tokens.get(at).is_some_and(|token| token.classes.any(classes))
    }

    pub(crate) fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at).as_bytes();
        // most comparisons end at the length or the first letter
        words.iter().any(|other| {
            other.len() == word.len() && other.as_bytes().first() == word.first() && other.as_bytes() == word
        })
    }

    /// The tokens as written in the source.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &str {
        let (Some(first), Some(last)) = (self.tokens.get(from), self.tokens.get(to.saturating_sub(1))) else {
            return "";
        };
        self.text.get(first.span.start..last.span.end).unwrap_or_default()
    }

    pub(crate) fn any_word(&self, words: &[&str]) -> bool {
        (0..self.tokens.len()).any(|at| self.is_one_of(at, words))
    }

    pub(crate) fn clauses(&self) -> &[Clause] {
        self.clauses.get_or_init(|| clause::clauses(self))
    }

    /// The human noun phrase that begins at a token.
    pub(crate) fn agent_at(&self, at: usize) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.start == at)
    }

    /// The human noun phrase that covers a token.
    pub(crate) fn agent_over(&self, at: usize) -> Option<&Agent> {
        self.agents.iter().find(|agent| (agent.start..agent.end).contains(&at))
    }
}

/// Analyses one sentence.
pub(crate) struct Frame<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) names: &'a Names,
}

/// Where a sentence stands.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) section: Option<SectionKind>,
    pub(crate) block: usize,
    pub(crate) span: Span,
    pub(crate) quoted: bool,
}

impl Frame<'_> {
    /// `code` tells whether a byte of the sentence is inline code.
    pub(crate) fn sentence(&self, text: &str, place: Place, code: impl Fn(usize) -> bool) -> Sentence {
        let (tokens, lower) = token::tokenize(text, self.lexicon, code);
        let mut sentence = Sentence {
            text: text.to_owned(),
            lower,
            tokens,
            agents: Vec::new(),
            clauses: OnceCell::new(),
            section: place.section,
            lead: 0,
            block: place.block,
            span: place.span,
            quoted: place.quoted,
        };
        sentence.lead = token::lead(&sentence);
        sentence.agents = agent::agents(&sentence, self.names);
        sentence
    }
}
